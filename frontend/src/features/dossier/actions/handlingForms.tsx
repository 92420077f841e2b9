import { Button, NativeSelect, Radio, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { Dossier, NewHandover } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { capital, localDate } from '@/shared/ui/format';
import css from '../dossier.module.css';
import type { ActionFormProps } from './forms';

type HandoverDesk = NewHandover['to'];
const desks: HandoverDesk[] = ['handler', 'leader', 'results_desk', 'reception'];

/** Where a dossier usually goes next; the officer may choose otherwise. */
function usualNext(dossier: Dossier): HandoverDesk {
  if (dossier.desk === 'reception') return dossier.state === 'completed' ? 'results_desk' : 'handler';
  if (dossier.desk === 'handler') return dossier.decision ? 'results_desk' : 'leader';
  return 'handler';
}

export function HandoverForm({ dossier, problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation(['actions', 'dossier']);
  const [to, setTo] = useState<HandoverDesk>(usualNext(dossier));
  const [pages, setPages] = useState('');
  const [note, setNote] = useState('');
  const errors = errorsByField(problem);
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        const count = Number.parseInt(pages, 10);
        onSend({
          action: 'handovers',
          body: { to, pages: Number.isNaN(count) ? undefined : count, note: note.trim() || undefined },
        });
      }}
    >
      <NativeSelect
        label={t('handover.to')}
        value={to}
        error={errors.to}
        onChange={(e) => setTo(e.currentTarget.value as HandoverDesk)}
        data={desks
          .filter((desk) => desk !== dossier.desk)
          .map((value) => ({ value, label: capital(t(`dossier:desk.${value}`)) }))}
      />
      <TextInput
        label={t('handover.pages')}
        inputMode="numeric"
        value={pages}
        error={errors.pages}
        onChange={(e) => setPages(e.currentTarget.value.replace(/\D/g, ''))}
      />
      <Textarea
        label={t('note')}
        autosize
        value={note}
        error={errors.note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {t('handover.send')}
      </Button>
    </form>
  );
}

export function AcknowledgeForm({ dossier, problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [accepted, setAccepted] = useState('yes');
  const [reason, setReason] = useState('');
  const handover = dossier.open_handover;
  if (!handover) return <p className="soft">{t('acknowledge.none')}</p>;
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({
          action: 'acknowledgements',
          handoverId: handover.id,
          body: accepted === 'yes' ? { accepted: true } : { accepted: false, reason },
        });
      }}
    >
      <Radio.Group label={t('acknowledge.label')} value={accepted} onChange={setAccepted}>
        <div className={css.form} style={{ gap: '0.5rem', marginTop: '0.375rem' }}>
          <Radio value="yes" label={t('acknowledge.yes')} />
          <Radio value="no" label={t('acknowledge.no')} />
        </div>
      </Radio.Group>
      {accepted === 'no' && (
        <Textarea
          required
          label={t('acknowledge.reason')}
          autosize
          value={reason}
          error={errorsByField(problem).reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={busy}>
        {accepted === 'yes' ? t('acknowledge.send') : t('acknowledge.sendBack')}
      </Button>
    </form>
  );
}

export function DecisionForm({ problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [outcome, setOutcome] = useState<'grant' | 'refuse'>('grant');
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const errors = errorsByField(problem);
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({
          action: 'decisions',
          body:
            outcome === 'grant'
              ? { outcome, note: reason.trim() || undefined }
              : { outcome, reason, legal_basis: basis.trim() || undefined },
        });
      }}
    >
      <Radio.Group label={t('decide.label')} value={outcome} onChange={(value) => setOutcome(value)}>
        <div className={css.form} style={{ gap: '0.5rem', marginTop: '0.375rem' }}>
          <Radio value="grant" label={t('decide.grant')} />
          <Radio value="refuse" label={t('decide.refuse')} />
        </div>
      </Radio.Group>
      <Textarea
        required={outcome === 'refuse'}
        label={outcome === 'refuse' ? t('decide.reason') : t('decide.opinion')}
        autosize
        minRows={2}
        value={reason}
        error={errors.reason ?? errors.note}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      {outcome === 'refuse' && (
        <TextInput
          label={t('decide.basis')}
          value={basis}
          error={errors.legal_basis}
          onChange={(e) => setBasis(e.currentTarget.value)}
        />
      )}
      <Button
        type="submit"
        loading={busy}
        {...(outcome === 'refuse' ? { color: 'red', variant: 'outline' } : {})}
      >
        {outcome === 'grant' ? t('decide.sendGrant') : t('decide.sendRefuse')}
      </Button>
    </form>
  );
}

export function ResultForm({ dossier, problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [number, setNumber] = useState('');
  const [issuedOn, setIssuedOn] = useState(
    localDate(dossier.decision ? new Date(dossier.decision.decided_at) : serverNow()),
  );
  const [summary, setSummary] = useState('');
  const errors = errorsByField(problem);
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({
          action: 'results',
          body: { number: number.trim() || undefined, issued_on: issuedOn || undefined, summary },
        });
      }}
    >
      <TextInput
        label={t('result.number')}
        value={number}
        error={errors.number}
        onChange={(e) => setNumber(e.currentTarget.value)}
      />
      <DateInput
        label={t('result.issuedOn')}
        value={issuedOn}
        error={errors.issued_on}
        onChange={setIssuedOn}
      />
      <Textarea
        required
        label={t('result.summary')}
        autosize
        minRows={2}
        value={summary}
        error={errors.summary}
        onChange={(e) => setSummary(e.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {t('result.send')}
      </Button>
    </form>
  );
}
