import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PersonField } from '@/features/roster/fields';
import { serverNow } from '@/shared/api/session';
import type { Inspection, NewFinding } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { localDate } from '@/shared/ui/format';
import { FormEnd } from '@/shared/ui/FormEnd';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { inspectionQuery, useMakeFinding } from './api';
import css from './inspection.module.css';
import { findingKinds, type NewFindingSearch } from './words';

/** Makes a finding: what was found, what is asked, whose it is, by when. */
export function NewFindingScreen(props: {
  inspection: string;
  search: NewFindingSearch;
  onDone: (id: string) => void;
}) {
  const { t } = useTranslation('inspection');
  const found = useQuery(inspectionQuery(props.inspection));
  return (
    <Page
      title={t('newFinding.title')}
      lead={found.data && t('one.byDecision', { number: found.data.decision_number })}
    >
      <p>
        <Link to="/inspections/$id" params={{ id: props.inspection }}>
          {t('sample.back')}
        </Link>
      </p>
      {found.isPending && <Loading rows={8} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Form inspection={found.data} search={props.search} onDone={props.onDone} />}
    </Page>
  );
}

interface Typed {
  authority: string;
  officer: string;
  kind: NewFinding['kind'];
  text: string;
  asked: string;
  due: string;
}

function Form(props: { inspection: Inspection; search: NewFindingSearch; onDone: (id: string) => void }) {
  const { t } = useTranslation('inspection');
  const { inspection, search } = props;
  const known = inspection.authorities.find((a) => a.id === search.authority);
  const only = inspection.authorities.length === 1 ? inspection.authorities[0] : undefined;
  const make = useMakeFinding(inspection.id);
  const { form, set, tried, ready, handle, problem, errors } = useTypedForm<Typed>(
    {
      authority: (known ?? only)?.id ?? '',
      officer: '',
      kind: 'deadline',
      text: '',
      asked: '',
      due: '',
    },
    make,
  );
  const missing = (value: string) => (tried && value === '' ? t('needed') : undefined);
  const send = () => {
    if (!ready(form.authority !== '' && form.due !== '')) return;
    make.mutate(
      {
        authority_id: form.authority,
        dossier_id: search.dossier,
        officer_id: form.officer || undefined,
        kind: form.kind,
        text: form.text.trim(),
        asked: form.asked.trim(),
        due_on: form.due,
      },
      { onSuccess: (made) => props.onDone(made.id) },
    );
  };
  const long = (key: 'text' | 'asked', hint?: string) => (
    <Textarea
      required
      className={css.wide}
      name={key}
      label={t(`newFinding.${key}`)}
      description={hint}
      inputWrapperOrder={helpBelow}
      autosize
      minRows={3}
      maxLength={10_000}
      value={form[key]}
      error={errors[key]}
      onChange={(e) => set({ [key]: e.currentTarget.value })}
    />
  );
  return (
    <Card id="finding" title={t('newFinding.form')}>
      <KeyForm
        ref={handle}
        label={t('newFinding.title')}
        className={css.fields}
        refusal={make.error}
        onSend={send}
      >
        {search.dossier && (
          <p className={css.wide}>
            {t('newFinding.dossier')} <span className="code">{search.code}</span>
          </p>
        )}
        <NativeSelect
          required
          name="authority_id"
          label={t('newFinding.authority')}
          value={form.authority}
          error={errors.authority_id ?? missing(form.authority)}
          data={[
            { value: '', label: t('newFinding.choose') },
            ...inspection.authorities.map((a) => ({ value: a.id, label: a.name })),
          ]}
          onChange={(e) => set({ authority: e.currentTarget.value })}
        />
        <PersonField
          label={t('newFinding.officer')}
          name="officer_id"
          none={t('newFinding.nobody')}
          value={form.officer}
          error={errors.officer_id}
          onChange={(officer) => set({ officer })}
        />
        <NativeSelect
          name="kind"
          label={t('newFinding.kind')}
          value={form.kind}
          error={errors.kind}
          data={findingKinds.map((value) => ({ value, label: t(`about.${value}`) }))}
          onChange={(e) => set({ kind: findingKinds.find((k) => k === e.currentTarget.value) ?? form.kind })}
        />
        <DateInput
          required
          name="due_on"
          label={t('newFinding.due')}
          min={localDate(serverNow())}
          value={form.due}
          error={errors.due_on ?? missing(form.due)}
          onChange={(due) => set({ due })}
        />
        {long('text', t('newFinding.textHint'))}
        {long('asked')}
        <FormEnd problem={problem} shown={SHOWN} busy={make.isPending} send={t('newFinding.send')} />
      </KeyForm>
    </Card>
  );
}

/** What is said beside its own field. */
const SHOWN = ['authority_id', 'officer_id', 'kind', 'text', 'asked', 'due_on'];
