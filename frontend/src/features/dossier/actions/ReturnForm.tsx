import { Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsByField } from '@/shared/api/problem';
import type { DeliveryMethod, NewReturn } from '@/shared/api/types';
import css from '../dossier.module.css';
import type { ActionFormProps } from './forms';

type Relation = NewReturn['collector']['relation'];
const methods: DeliveryMethod[] = ['counter', 'post', 'home', 'electronic'];

/** Who collects, proven by what; the name is filled in for owner and filer, whom the dossier knows. */
export function ReturnForm({
  dossier,
  problem,
  busy,
  onSend,
  autoFocus,
}: ActionFormProps & { autoFocus?: boolean }) {
  const { t } = useTranslation(['actions', 'dossier']);
  const [relation, setRelation] = useState<Relation>(dossier.filer ? 'filer' : 'owner');
  const nameOf = (who: Relation) =>
    who === 'owner' ? dossier.owner.full_name : who === 'filer' ? (dossier.filer?.full_name ?? '') : '';
  const [name, setName] = useState(nameOf(relation));
  const [identity, setIdentity] = useState('');
  const [authorisation, setAuthorisation] = useState('');
  const [method, setMethod] = useState<DeliveryMethod>(dossier.result_delivery.method);
  const [tracking, setTracking] = useState('');
  const [originals, setOriginals] = useState(false);
  const errors = errorsByField(problem);
  const relations: Relation[] = dossier.filer
    ? ['filer', 'owner', 'representative']
    : ['owner', 'representative'];
  const tookOriginals = dossier.components.some((c) => c.originals > 0);

  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({
          action: 'returns',
          body: {
            collector: {
              full_name: name.trim(),
              identity_number: identity.replace(/\s/g, '') || undefined,
              relation,
              authorisation: relation === 'representative' ? authorisation.trim() || undefined : undefined,
              method,
              tracking_number: method === 'post' ? tracking.trim() || undefined : undefined,
            },
            originals_returned: tookOriginals ? originals : undefined,
          },
        });
      }}
    >
      <Radio.Group
        label={t('return.who')}
        value={relation}
        error={errors['collector/relation']}
        onChange={(value) => {
          setRelation(value);
          setName(nameOf(value));
        }}
      >
        <div className={css.choices}>
          {relations.map((value) => (
            <Radio key={value} value={value} label={t(`return.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        required
        label={t('return.name')}
        value={name}
        error={errors['collector/full_name']}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <TextInput
        label={t('return.identity')}
        autoFocus={autoFocus}
        inputMode="numeric"
        autoComplete="off"
        value={identity}
        error={errors['collector/identity_number']}
        onChange={(e) => setIdentity(e.currentTarget.value)}
      />
      {relation === 'representative' && (
        <TextInput
          required
          label={t('return.authorisation')}
          description={t('return.authorisationHint')}
          value={authorisation}
          error={errors['collector/authorisation']}
          onChange={(e) => setAuthorisation(e.currentTarget.value)}
        />
      )}
      <NativeSelect
        label={t('return.method')}
        value={method}
        error={errors['collector/method']}
        onChange={(e) => setMethod(e.currentTarget.value as DeliveryMethod)}
        data={methods.map((value) => ({ value, label: t(`dossier:delivery.${value}`) }))}
      />
      {method === 'post' && (
        <TextInput
          label={t('return.tracking')}
          value={tracking}
          error={errors['collector/tracking_number']}
          onChange={(e) => setTracking(e.currentTarget.value)}
        />
      )}
      {tookOriginals && (
        <Checkbox
          label={t('return.originals')}
          checked={originals}
          error={errors.originals_returned}
          onChange={(e) => setOriginals(e.currentTarget.checked)}
        />
      )}
      <Button type="submit" loading={busy}>
        {t('return.send')}
      </Button>
    </form>
  );
}
