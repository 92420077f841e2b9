import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { DataAnswer, DataRequest } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useAnswer } from './api';
import css from './personal.module.css';

export function AnswerDialog({ request, onDone }: { request: DataRequest; onDone: () => void }) {
  const { t } = useTranslation('personal');
  const [outcome, setOutcome] = useState<DataAnswer['outcome']>('fulfilled');
  const [text, setText] = useState('');
  const [basis, setBasis] = useState('');
  const answer = useAnswer();
  const problem = answer.isError ? asProblem(answer.error) : null;
  const errors = errorsByField(problem);
  const send = () =>
    answer.mutate(
      { id: request.id, body: { outcome, answer: text.trim(), legal_basis: basis.trim() || undefined } },
      { onSuccess: onDone },
    );
  return (
    <Dialog title={t('requests.answerOf', { name: request.requester_name })} onClose={onDone}>
      <KeyForm label={t('requests.answer')} className={css.stack} refusal={answer.error} onSend={send}>
        <NativeSelect
          label={t('requests.form.outcome')}
          value={outcome}
          onChange={(e) => setOutcome(e.currentTarget.value as DataAnswer['outcome'])}
          data={(['fulfilled', 'refused'] as const).map((value) => ({
            value,
            label: t(`requests.form.${value}`),
          }))}
        />
        <Textarea
          required
          label={t('requests.form.text')}
          autosize
          minRows={3}
          value={text}
          error={errors.answer}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        <Textarea
          required={outcome === 'refused'}
          label={t('requests.form.basis')}
          autosize
          minRows={1}
          value={basis}
          error={errors.legal_basis}
          onChange={(e) => setBasis(e.currentTarget.value)}
        />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <div className={css.actions}>
          <Button type="submit" loading={answer.isPending}>
            {t('requests.form.send')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('requests.form.cancel')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
