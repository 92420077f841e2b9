import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Authority, NewSurveyDevice, SurveyDeviceAdded } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Icon } from '@/shared/ui/Icon';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { useAddDevice } from './api';
import { qrOf } from './qr';
import css from './survey.module.css';

type Kind = NewSurveyDevice['kind'];
const kinds = ['tablet', 'kiosk'] as const satisfies Kind[];

/** A device more. What opens its page is told this once. */
export function NewDeviceCard({ authorities }: { authorities: Authority[] }) {
  const { t } = useTranslation('survey');
  const [kind, setKind] = useState<Kind>('tablet');
  const [name, setName] = useState('');
  const [authority, setAuthority] = useState('');
  const [added, setAdded] = useState<SurveyDeviceAdded | null>(null);
  const add = useAddDevice();
  const problem = add.isError ? asProblem(add.error) : null;
  const errors = errorsByField(problem);
  const send = () =>
    add.mutate(
      { kind, name: name.trim(), authority_id: authority || undefined },
      {
        onSuccess: (made) => {
          setAdded(made);
          setName('');
          add.reset();
        },
      },
    );
  return (
    <Card id="new-device" title={t('newDevice.title')}>
      <KeyForm label={t('newDevice.title')} className={css.form} refusal={add.error} onSend={send}>
        <Radio.Group label={t('devices.kind')} value={kind} error={errors.kind} onChange={setKind}>
          <div className={css.stack}>
            {kinds.map((each) => (
              <Radio
                key={each}
                name="kind"
                value={each}
                label={t(`devices.kinds.${each}`)}
                description={t(`devices.kindHints.${each}`)}
              />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          required
          name="name"
          label={t('devices.name')}
          description={t('newDevice.nameHint')}
          inputWrapperOrder={helpBelow}
          maxLength={100}
          autoComplete="off"
          value={name}
          error={errors.name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <NativeSelect
          name="authority_id"
          label={t('devices.where')}
          value={authority}
          error={errors.authority_id}
          onChange={(e) => setAuthority(e.currentTarget.value)}
        >
          <option value="">{t('devices.hall')}</option>
          {authorities.map((each) => (
            <option key={each.id} value={each.id} lang="vi">
              {each.name}
            </option>
          ))}
        </NativeSelect>
        <div className={css.across}>
          {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
          <Button type="submit" loading={add.isPending}>
            {t('newDevice.send')}
          </Button>
        </div>
      </KeyForm>
      {added && <AddressDialog added={added} onClose={() => setAdded(null)} />}
    </Card>
  );
}

function AddressDialog({ added, onClose }: { added: SurveyDeviceAdded; onClose: () => void }) {
  const { t } = useTranslation(['survey', 'common']);
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${added.path}`;
  const code = qrOf(address);
  // Without TLS on a LAN there is no clipboard: the address can be marked and copied by hand.
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  return (
    <Dialog title={t('newDevice.address', { name: added.device.name })} onClose={onClose}>
      <div className={css.stack}>
        <Notice tone="soon" title={t('newDevice.once')} />
        <p>{t('newDevice.how')}</p>
        <p className={css.address} data-address>
          {address}
        </p>
        {code && (
          <svg
            role="img"
            aria-label={t('newDevice.qr')}
            className={css.qr}
            viewBox={`-4 -4 ${code.size + 8} ${code.size + 8}`}
            shapeRendering="crispEdges"
          >
            <path d={code.path} />
          </svg>
        )}
        <p role="status">{copied ? t('newDevice.copied') : ''}</p>
      </div>
      <div className={ui.dialogTools}>
        {clipboard && (
          <Button
            leftSection={<Icon name="sheet" size={16} />}
            onClick={() => void clipboard.writeText(address).then(() => setCopied(true))}
          >
            {t('newDevice.copy')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('common:close')}
        </Button>
      </div>
    </Dialog>
  );
}
