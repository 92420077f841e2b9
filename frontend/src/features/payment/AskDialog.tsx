import { Button, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { Dialog } from '@/shared/ui/Dialog';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import css from './payment.module.css';

/** What is asked before going on: a line of text, or only whether to. */
export function AskDialog(props: {
  title: string;
  /** What it is about. */
  children: ReactNode;
  field?: { name: string; label: string; maxLength: number };
  yes: string;
  /** How the step stands that the answer begins. */
  step: { isPending: boolean; isError: boolean; error: unknown };
  onSend: (text: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('payment');
  const [text, setText] = useState('');
  const { field, step } = props;
  const problem = step.isError ? asProblem(step.error) : null;
  const errors = errorsByField(problem);
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <KeyForm
        label={props.title}
        className={css.form}
        refusal={step.error}
        onSend={() => {
          if (!step.isPending) props.onSend(text);
        }}
      >
        {props.children}
        {field && (
          <TextInput
            name={field.name}
            label={field.label}
            maxLength={field.maxLength}
            required
            data-autofocus
            value={text}
            error={errors[field.name]}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        )}
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <div className={css.buttons}>
          <Button type="submit" data-autofocus={!field || undefined} loading={step.isPending}>
            {props.yes}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('cancel.no')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
