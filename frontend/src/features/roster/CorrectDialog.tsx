import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { LeaveEntry } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useCorrectEntry } from './api';
import css from './roster.module.css';
import { useWords } from './useWords';

/** Takes an entry of the ledger back by its counter-entry, and says why. */
export function CorrectDialog(props: { entry: LeaveEntry; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation(['roster', 'common']);
  const words = useWords();
  const { entry } = props;
  const [reason, setReason] = useState('');
  const correct = useCorrectEntry();
  const problem = correct.isError ? asProblem(correct.error) : null;
  const refused = errorsByField(problem);
  return (
    <Dialog title={t('leave.correctTitle')} onClose={props.onClose}>
      <KeyForm
        label={t('leave.correctTitle')}
        className={css.part}
        refusal={correct.error}
        onSend={() =>
          correct.mutate({ id: entry.id, reason: reason.trim() }, { onSuccess: () => props.onDone() })
        }
      >
        <p>
          {entry.user.full_name}: {t(`leave.kinds.${entry.kind}`)}, {words.change(entry.minutes)}.
        </p>
        <p className="soft">{t('leave.correctText', { amount: words.change(-entry.minutes) })}</p>
        <TextInput
          required
          data-autofocus
          label={t('leave.reason')}
          name="reason"
          maxLength={300}
          autoComplete="off"
          value={reason}
          error={refused.reason}
          onChange={(e) => {
            setReason(e.currentTarget.value);
            if (!correct.isIdle) correct.reset();
          }}
        />
        {problem && <ProblemNotice error={problem} shown={['reason']} />}
        <div className={css.tools}>
          <Button type="submit" loading={correct.isPending}>
            {t('leave.correctSend')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
