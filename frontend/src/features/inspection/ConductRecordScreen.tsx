import { Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ConductRecord } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { conductRecordQuery, useRevoke } from './api';
import { ConductChips, ConductFacts } from './ConductParts';
import css from './inspection.module.css';

/** One record, and its revocation. */
export function ConductRecordScreen({ id }: { id: string }) {
  const { t } = useTranslation('inspection');
  const found = useQuery(conductRecordQuery(id));
  const record = found.data;
  return (
    <Page title={record ? t(`conductKinds.${record.kind}`) : t('conduct.title')}>
      <p>
        <Link to="/conduct-records" search={{}}>
          {t('conduct.back')}
        </Link>
      </p>
      {found.isPending && <Loading rows={8} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {record && (
        <>
          <Card
            id="record"
            title={<span lang="vi">{record.form}</span>}
            aside={<ConductChips record={record} />}
          >
            <ConductFacts record={record} />
          </Card>
          {record.may_revoke && <RevokeCard record={record} />}
        </>
      )}
    </Page>
  );
}

const blank = { number: '', on: '', reason: '' };

function RevokeCard({ record }: { record: ConductRecord }) {
  const { t } = useTranslation('inspection');
  const revoke = useRevoke(record.id);
  const { form, set, tried, ready, handle, problem, errors } = useTypedForm(blank, revoke);
  const send = () => {
    if (!ready(form.on !== '')) return;
    revoke.mutate({
      decision_number: form.number.trim(),
      decision_on: form.on,
      reason: form.reason.trim(),
    });
  };
  return (
    <Card id="revoke" title={t('revoke.form')}>
      <KeyForm
        ref={handle}
        label={t('revoke.form')}
        className={css.fields}
        refusal={revoke.error}
        onSend={send}
      >
        <TextInput
          required
          name="decision_number"
          label={t('revoke.number')}
          maxLength={100}
          value={form.number}
          error={errors.decision_number}
          onChange={(e) => set({ number: e.currentTarget.value })}
        />
        <DateInput
          required
          name="decision_on"
          label={t('revoke.on')}
          value={form.on}
          error={errors.decision_on ?? (tried && form.on === '' ? t('needed') : undefined)}
          onChange={(on) => set({ on })}
        />
        <Textarea
          required
          className={css.wide}
          name="reason"
          label={t('revoke.reason')}
          autosize
          minRows={2}
          maxLength={10_000}
          value={form.reason}
          error={errors.reason}
          onChange={(e) => set({ reason: e.currentTarget.value })}
        />
        <FormEnd
          problem={problem}
          shown={['decision_number', 'decision_on', 'reason']}
          busy={revoke.isPending}
          quiet
          send={t('revoke.send')}
        />
      </KeyForm>
    </Card>
  );
}
