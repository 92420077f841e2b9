import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkdaysAround } from '@/features/deadline/workdays';
import { errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { Apology, LateReason } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { dayAfter, formatDate, formatTime, formatWeekday, localDate } from '@/shared/ui/format';
import { Chip, Notice } from '@/shared/ui/Notice';
import { Facts } from '@/shared/ui/Page';
import css from '../dossier.module.css';
import type { ActionFormProps } from './forms';
import { TextForm } from './TextForm';

const lateReasons: LateReason[] = [
  'other_agency',
  'lack_of_staff',
  'data_fault',
  'applicant_absent',
  'system_down',
];

/** Until when a letter may be signed: in words, and whether it is nearly or quite too late. */
export function SignBy({ latest }: { latest: string }) {
  const { t } = useTranslation('dossier');
  const today = localDate(serverNow());
  if (latest < today)
    return (
      <Chip tone="late" icon="late">
        {t('turns.signOver', { date: formatDate(latest) })}
      </Chip>
    );
  return (
    <Chip tone="soon" icon="clock">
      {latest === today ? t('turns.signToday') : t('turns.signBy', { date: formatDate(latest) })}
    </Chip>
  );
}

/** What a letter of apology says: the new date, which of the known causes, and why, as the citizen reads it. */
export interface Letter {
  new_due_on: string;
  reason_code: LateReason;
  reason: string;
}

/**
 * The letter of apology with a new date (form 04), for whoever drafts it and whoever signs it. It begins with what is
 * drafted already, if anything is.
 */
export function LetterForm(
  props: Omit<ActionFormProps, 'dossier' | 'onSend'> & {
    due: string;
    draft?: Apology | null;
    hint?: string;
    law?: string;
    send: string;
    onSend: (letter: Letter) => void;
  },
) {
  const { t, i18n } = useTranslation(['actions', 'dossier']);
  const { due, draft, onSend, ...rest } = props;
  const [newDue, setNewDue] = useState(draft?.new_due_on ?? '');
  const [code, setCode] = useState<LateReason | ''>(draft?.reason_code ?? '');
  // The field keeps what is typed: a day that is pressed takes its place.
  const [pressed, setPressed] = useState(0);
  const { before, after } = useWorkdaysAround(due);
  const latest = draft?.latest_on ?? before;
  const errors = errorsByField(rest.problem);
  const day = (iso: string) => `${formatWeekday(iso, i18n.language)} ${formatDate(iso)}`;
  return (
    <TextForm
      {...rest}
      label={t('extend.reason')}
      description={t('reasonHint')}
      initial={draft?.reason}
      onSend={(reason) => {
        if (code !== '') onSend({ new_due_on: newDue, reason_code: code, reason });
      }}
    >
      <Facts
        items={[
          [t('extend.old'), `${formatTime(due)}, ${day(due)}`],
          [t('apology.latest'), latest && t('apology.latestValue', { date: day(latest) })],
        ]}
      />
      <DateInput
        key={pressed}
        required
        label={t('extend.new')}
        description={newDue ? day(newDue) : t('extend.newHint')}
        value={newDue}
        min={dayAfter(localDate(new Date(due)))}
        error={errors.new_due_on}
        onChange={setNewDue}
      />
      {after.length > 0 && (
        <div className={css.offered} role="group" aria-label={t('apology.offered')}>
          {after.map((each) => (
            <Button
              key={each}
              size="compact-sm"
              variant={each === newDue ? 'filled' : 'default'}
              aria-pressed={each === newDue}
              aria-label={day(each)}
              onClick={() => {
                setNewDue(each);
                setPressed((n) => n + 1);
              }}
            >
              {formatDate(each).slice(0, 5)}
            </Button>
          ))}
        </div>
      )}
      <Radio.Group
        required
        label={t('apology.code')}
        value={code}
        error={errors.reason_code}
        onChange={(value) => setCode(value)}
      >
        <div className={`${css.choices} ${css.causes}`}>
          {lateReasons.map((each) => (
            <Radio key={each} value={each} required label={t(`dossier:lateReason.${each}`)} />
          ))}
        </div>
      </Radio.Group>
    </TextForm>
  );
}

/** The handler's draft: nothing reaches the citizen before a leader has signed. */
export function DraftApologyForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  if (!dossier.due_at) return null;
  return (
    <>
      {dossier.apology && <Notice>{t('apology.replaces')}</Notice>}
      <LetterForm
        {...rest}
        due={dossier.due_at}
        draft={dossier.apology}
        hint={t('apology.hint')}
        send={t('apology.send')}
        onSend={(body) => onSend({ action: 'apologies', body })}
      />
    </>
  );
}

/** Form 04: the apology with a new date, signed; what a handler has drafted stands in it. */
export function ExtendForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const { apology, due_at: due } = dossier;
  if (!due) return null;
  return (
    <LetterForm
      {...rest}
      due={due}
      draft={apology}
      hint={apology ? t('apology.fromDraft', { name: apology.drafted_by.full_name }) : undefined}
      law={t('extend.law')}
      send={t(apology ? 'apology.sign' : 'extend.send')}
      onSend={(body) => onSend({ action: 'extensions', body })}
    />
  );
}

/** A leader does not sign, and says why: the handler drafts anew. */
export function ReturnApologyForm({ onSend, ...rest }: Omit<ActionFormProps, 'dossier'>) {
  const { t } = useTranslation('actions');
  return (
    <TextForm
      {...rest}
      label={t('apology.backReason')}
      description={t('apology.backReasonHint')}
      send={t('apology.backSend')}
      onSend={(reason) => onSend({ action: 'apology-returns', body: { reason } })}
    />
  );
}
