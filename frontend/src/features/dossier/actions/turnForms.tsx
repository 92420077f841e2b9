import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import { useWord } from '@/shared/i18n/useWord';
import { DateInput } from '@/shared/ui/DateInput';
import { formatDate, formatDateTime, formatTime, localDate } from '@/shared/ui/format';
import type { ActionFormProps } from './forms';
import { TextForm, orUndefined } from './TextForm';

/** Asks another body's opinion; the clock runs on, so the form says so. */
export function ConsultationForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [body, setBody] = useState('');
  const [replyBy, setReplyBy] = useState('');
  const errors = errorsByField(rest.problem);
  return (
    <TextForm
      {...rest}
      hint={t('consult.hint')}
      field="question"
      label={t('consult.question')}
      send={t('consult.send')}
      onSend={(question) =>
        onSend({
          action: 'consultations',
          body: { body: body.trim(), question, reply_due_on: orUndefined(replyBy) },
        })
      }
    >
      <TextInput
        required
        label={t('consult.body')}
        value={body}
        error={errors.body}
        onChange={(e) => setBody(e.currentTarget.value)}
      />
      <DateInput
        label={t('consult.replyBy')}
        value={replyBy}
        min={localDate(serverNow())}
        error={errors.reply_due_on}
        onChange={setReplyBy}
      />
    </TextForm>
  );
}

export function ReplyForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const asked = dossier.consultation;
  return (
    <TextForm
      {...rest}
      hint={asked && t('reply.asked', { body: asked.body, question: asked.question })}
      field="reply"
      label={t('reply.reply')}
      description={t('reply.replyHint')}
      send={t('reply.send')}
      onSend={(reply) => onSend({ action: 'consultation-replies', body: { reply } })}
    />
  );
}

/** Form 05, in its two kinds: the end, or a halt that a leader lifts again. */
function HaltForm({
  kind,
  groundNeeded,
  hint,
  onSend,
  ...rest
}: Omit<ActionFormProps, 'onSend'> & {
  kind: 'stop' | 'hold';
  groundNeeded: boolean;
  hint?: string;
  onSend: (body: { reason: string; legal_ground?: string }) => void;
}) {
  const { t } = useTranslation('actions');
  const [ground, setGround] = useState('');
  return (
    <TextForm
      {...rest}
      hint={hint}
      label={t('reason')}
      description={t('reasonHint')}
      law={t(`${kind}.law`)}
      severe
      send={t(`${kind}.send`)}
      onSend={(reason) => onSend({ reason, legal_ground: orUndefined(ground) })}
    >
      <TextInput
        required={groundNeeded}
        label={t('legalGround')}
        value={ground}
        error={errorsByField(rest.problem).legal_ground}
        onChange={(e) => setGround(e.currentTarget.value)}
      />
    </TextForm>
  );
}

export function StopForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const { state, supplement_due_on: due } = rest.dossier;
  // That the supplement did not come is ground enough; in every other case the law wants one named.
  const late = state === 'supplement_requested' && due && localDate(serverNow()) > due ? due : null;
  return (
    <HaltForm
      {...rest}
      kind="stop"
      groundNeeded={!late}
      hint={late ? t('stop.late', { date: formatDate(late) }) : undefined}
      onSend={(body) => onSend({ action: 'stops', body })}
    />
  );
}

export function HoldForm({ onSend, ...rest }: ActionFormProps) {
  return <HaltForm {...rest} kind="hold" groundNeeded onSend={(body) => onSend({ action: 'holds', body })} />;
}

export function ResumeForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  return (
    <TextForm
      {...rest}
      hint={t('resume.hint')}
      label={t('reason')}
      send={t('resume.send')}
      onSend={(reason) => onSend({ action: 'resumptions', body: { reason } })}
    />
  );
}

export function CorrectForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  return (
    <TextForm
      {...rest}
      hint={t('correct.hint')}
      label={t('correct.reason')}
      send={t('correct.send')}
      onSend={(reason) => onSend({ action: 'corrections', body: { reason } })}
    />
  );
}

export function UndoForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const word = useWord();
  const last = dossier.undoable;
  return (
    <TextForm
      {...rest}
      hint={
        last &&
        t('undo.what', {
          step: word('dossier:event', last.step),
          at: formatDateTime(last.done_at),
          until: formatTime(last.until),
        })
      }
      label={t('reason')}
      send={t('undo.send')}
      onSend={(reason) => onSend({ action: 'undos', body: { reason } })}
    />
  );
}
