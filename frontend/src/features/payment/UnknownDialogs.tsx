import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { UnknownPayment } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatVnd } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Facts } from '@/shared/ui/Page';
import { AskDialog } from './AskDialog';
import css from './payment.module.css';
import { useDenyUnknown, useSayUnknown } from './unknown';

/** Whether cash was taken is known: a terminal or a bank stands between with these only. */
const methods = ['card', 'transfer'] as const;

/** Says that it is not known whether what a dossier owes was paid, with what was seen. */
export function SayUnknownDialog(props: { dossier: string; amount: number; onClose: () => void }) {
  const { t } = useTranslation(['payment', 'fee']);
  const [method, setMethod] = useState<(typeof methods)[number]>('card');
  const [reference, setReference] = useState('');
  const [note, setNote] = useState('');
  const say = useSayUnknown();
  const problem = say.isError ? asProblem(say.error) : null;
  const errors = errorsByField(problem);
  const body = { method, reference: reference.trim() || undefined, note };
  return (
    <Dialog title={t('unknown.begin')} onClose={props.onClose}>
      <KeyForm
        label={t('unknown.begin')}
        className={css.form}
        refusal={say.error}
        onSend={() => {
          if (!say.isPending) say.mutate({ dossier: props.dossier, body }, { onSuccess: props.onClose });
        }}
      >
        <p className="soft">{t('unknown.say', { amount: formatVnd(props.amount) })}</p>
        <Radio.Group
          name="method"
          label={t('unknown.method')}
          value={method}
          error={errors.method}
          onChange={(value) => setMethod(value)}
        >
          <div className={css.choices}>
            {methods.map((each) => (
              <Radio
                key={each}
                value={each}
                label={t(`fee:method.${each}`)}
                data-autofocus={each === 'card' || undefined}
              />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          name="reference"
          label={t(`unknown.reference.${method}`)}
          maxLength={64}
          value={reference}
          error={errors.reference}
          onChange={(e) => setReference(e.currentTarget.value)}
        />
        <TextInput
          name="note"
          label={t('unknown.note')}
          description={t('unknown.noteHint')}
          inputWrapperOrder={helpBelow}
          maxLength={300}
          required
          value={note}
          error={errors.note}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <div className={css.buttons}>
          <Button type="submit" loading={say.isPending}>
            {t('unknown.yes')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('cancel.no')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}

/** Says, with the grounds, that it did not come: the payer may be asked again. */
export function DenyUnknown({ payment, of }: { payment: UnknownPayment; of?: string }) {
  const { t } = useTranslation(['payment', 'fee']);
  const [asking, setAsking] = useState(false);
  const deny = useDenyUnknown();
  const close = () => {
    deny.reset();
    setAsking(false);
  };
  return (
    <>
      <Button
        variant="default"
        aria-label={of && t('unknown.denyOf', { code: of })}
        onClick={() => setAsking(true)}
      >
        {t('unknown.deny')}
      </Button>
      {asking && (
        <AskDialog
          title={t('unknown.deny')}
          field={{ name: 'reason', label: t('unknown.denyReason'), maxLength: 300 }}
          yes={t('unknown.deny')}
          step={deny}
          onSend={(reason) => deny.mutate({ payment, reason }, { onSuccess: close })}
          onClose={close}
        >
          <p className="soft">{t('unknown.denyAsk')}</p>
          <Facts
            items={[
              [t('dossier'), payment.dossier_code],
              [t('amount'), formatVnd(payment.amount_vnd)],
              [t('unknown.method'), t(`fee:method.${payment.method}`)],
            ]}
          />
        </AskDialog>
      )}
    </>
  );
}
