import { Button, NativeSelect, Radio, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkingTimeWords } from '@/features/deadline/TimingText';
import { handoverDesks, type HandoverDesk } from '@/features/handover/desks';
import { errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { Dossier } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { capital, localDate } from '@/shared/ui/format';
import css from '../dossier.module.css';
import { stepAfter } from '../workflow';
import type { ActionFormProps } from './forms';
import { TextForm, orUndefined } from './TextForm';

/** Where a dossier usually goes next; the officer may choose otherwise. */
function usualNext(dossier: Dossier): HandoverDesk {
  if (dossier.desk === 'reception') return dossier.state === 'completed' ? 'results_desk' : 'handler';
  if (dossier.desk === 'handler') return dossier.decision ? 'results_desk' : 'leader';
  return 'handler';
}

export function HandoverForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation(['actions', 'dossier']);
  const [to, setTo] = useState<HandoverDesk>(usualNext(dossier));
  const [pages, setPages] = useState('');
  const errors = errorsByField(rest.problem);
  return (
    <TextForm
      {...rest}
      field="note"
      label={t('note')}
      optional
      send={t('handover.send')}
      onSend={(note) => {
        const count = Number.parseInt(pages, 10);
        onSend({
          action: 'handovers',
          body: { to, pages: Number.isNaN(count) ? undefined : count, note: orUndefined(note) },
        });
      }}
    >
      <NativeSelect
        label={t('handover.to')}
        value={to}
        error={errors.to}
        onChange={(e) => setTo(e.currentTarget.value as HandoverDesk)}
        data={handoverDesks
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
    </TextForm>
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
        <div className={css.choices}>
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

/** The next step of the internal workflow, at the same desk. */
export function StepForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const time = useWorkingTimeWords();
  const next = dossier.workflow && stepAfter(dossier.workflow);
  return (
    <TextForm
      {...rest}
      field="note"
      hint={
        next && t('step.next', { name: next.name, time: time({ remaining_working_minutes: next.minutes }) })
      }
      label={t('note')}
      optional
      send={t('step.send')}
      onSend={(note) => onSend({ action: 'steps', body: { note: orUndefined(note) } })}
    />
  );
}

export function DecisionForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [outcome, setOutcome] = useState<'grant' | 'refuse'>('grant');
  const [basis, setBasis] = useState('');
  const refuses = outcome === 'refuse';
  return (
    <TextForm
      {...rest}
      field={refuses ? 'reason' : 'note'}
      label={refuses ? t('decide.reason') : t('decide.opinion')}
      optional={!refuses}
      severe={refuses}
      send={refuses ? t('decide.sendRefuse') : t('decide.sendGrant')}
      onSend={(text) =>
        onSend({
          action: 'decisions',
          body: refuses
            ? { outcome, reason: text, legal_basis: orUndefined(basis) }
            : { outcome, note: orUndefined(text) },
        })
      }
    >
      <Radio.Group label={t('decide.label')} value={outcome} onChange={(value) => setOutcome(value)}>
        <div className={css.choices}>
          <Radio value="grant" label={t('decide.grant')} />
          <Radio value="refuse" label={t('decide.refuse')} />
        </div>
      </Radio.Group>
      {refuses && (
        <TextInput
          label={t('decide.basis')}
          value={basis}
          error={errorsByField(rest.problem).legal_basis}
          onChange={(e) => setBasis(e.currentTarget.value)}
        />
      )}
    </TextForm>
  );
}

export function ResultForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [number, setNumber] = useState('');
  // A corrected result bears the day it is made again, not that of the decision it rests on.
  const signed = dossier.sub_state === 'correcting' ? null : dossier.decision;
  const [issuedOn, setIssuedOn] = useState(localDate(signed ? new Date(signed.decided_at) : serverNow()));
  const errors = errorsByField(rest.problem);
  return (
    <TextForm
      {...rest}
      field="summary"
      label={t('result.summary')}
      send={t('result.send')}
      onSend={(summary) =>
        onSend({
          action: 'results',
          body: { number: orUndefined(number), issued_on: issuedOn || undefined, summary },
        })
      }
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
    </TextForm>
  );
}
