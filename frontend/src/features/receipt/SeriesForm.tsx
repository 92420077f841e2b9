import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewReceiptSeries } from '@/shared/api/types';
import { capital } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { useOpenSeries } from './api';
import css from './receipt.module.css';

/** What is different in the next series of the same body. */
const UNSAID = { form_symbol: '', serial_symbol: '', source: '' };
const EMPTY: NewReceiptSeries = {
  ...UNSAID,
  authority_id: '',
  kind: 'phi',
  medium: 'electronic',
  body_name: '',
  tax_code: '',
  address: '',
};
const kinds: NewReceiptSeries['kind'][] = ['phi', 'le_phi'];
const media: NewReceiptSeries['medium'][] = ['electronic', 'paper'];

/** Opens a series. */
export function SeriesForm() {
  const { t } = useTranslation(['receipt', 'fee', 'payment']);
  const authorities = useQuery(authoritiesQuery()).data?.items ?? [];
  const [body, setBody] = useState(EMPTY);
  // Most authorities collect under their own name; whoever has typed another keeps it.
  const [named, setNamed] = useState(false);
  const open = useOpenSeries();
  const problem = open.isError ? asProblem(open.error) : null;
  const errors = errorsByField(problem);
  const authority = authorities.find((a) => a.id === body.authority_id) ?? authorities[0];
  const whole: NewReceiptSeries = {
    ...body,
    authority_id: authority?.id ?? '',
    body_name: named ? body.body_name : (authority?.name ?? ''),
  };
  const field = (key: keyof NewReceiptSeries) => ({
    name: key,
    label: t(`series.${key}`),
    value: whole[key],
    error: errors[key],
    required: true,
    onChange: (e: { currentTarget: { value: string } }) => {
      const text = e.currentTarget.value;
      if (key === 'body_name') setNamed(true);
      setBody((all) => ({ ...all, [key]: text }));
    },
  });
  return (
    <KeyForm
      label={t('series.new')}
      className={css.form}
      refusal={open.error}
      onSend={() => {
        if (!open.isPending)
          open.mutate(whole, { onSuccess: () => setBody((all) => ({ ...all, ...UNSAID })) });
      }}
    >
      <h3>{t('series.new')}</h3>
      <p className="small soft">{t('series.newLead')}</p>
      <NativeSelect
        {...field('authority_id')}
        data={authorities.map((a) => ({ value: a.id, label: a.name }))}
      />
      <NativeSelect
        {...field('kind')}
        data={kinds.map((kind) => ({ value: kind, label: capital(t(`fee:kind.${kind}`)) }))}
      />
      <NativeSelect
        {...field('medium')}
        description={t('series.mediumHint')}
        data={media.map((medium) => ({ value: medium, label: capital(t(`medium.${medium}`)) }))}
      />
      <TextInput {...field('form_symbol')} description={t('series.formHint')} maxLength={20} />
      <TextInput {...field('serial_symbol')} description={t('series.serialHint')} maxLength={20} />
      <TextInput {...field('body_name')} maxLength={200} />
      <TextInput {...field('tax_code')} maxLength={20} />
      <TextInput {...field('address')} maxLength={300} />
      <TextInput {...field('source')} description={t('series.sourceHint')} maxLength={300} />
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      {open.data && (
        <Notice
          tone="good"
          live
          title={t('series.done', { name: open.data.serial_symbol, body: open.data.body_name })}
        />
      )}
      <div className={css.buttons}>
        <Button type="submit" loading={open.isPending}>
          {t('series.send')}
        </Button>
      </div>
    </KeyForm>
  );
}
