import { Button, TextInput, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { errorsByField, type ApiProblem } from '@/shared/api/problem';
import { Notice } from '@/shared/ui/Notice';
import css from '../dossier.module.css';

/**
 * What nearly every action asks for: perhaps some fields of its own, a text in the officer's words (a reason, a note,
 * a summary), and the button that carries it out.
 */
export function TextForm(props: {
  hint?: ReactNode;
  /** What the step means in law: said where it is confirmed, for steps that end, move or promise something. */
  law?: ReactNode;
  children?: ReactNode;
  label: string;
  description?: string;
  /** The name of the text in the request, which the server's complaints point at. */
  field?: string;
  optional?: boolean;
  /** One line is enough: a number, a reference. */
  line?: boolean;
  initial?: string;
  send: string;
  /** Refuses or ends something. */
  severe?: boolean;
  /** What else may be done with the text. */
  other?: (text: string) => ReactNode;
  /** In a dialog: the focus begins at what is to be pressed, or at the text while it is empty. */
  autoFocus?: boolean;
  problem: ApiProblem | null;
  busy: boolean;
  onSend: (text: string) => void;
}) {
  const [text, setText] = useState(props.initial ?? '');
  const button = useRef<HTMLButtonElement>(null);
  const ready = (props.autoFocus && Boolean(props.initial)) || undefined;
  // A dialog puts the focus on it without scrolling there.
  useEffect(() => {
    if (ready) button.current?.scrollIntoView({ block: 'nearest' });
  }, [ready]);
  const field = {
    required: !props.optional,
    label: props.label,
    description: props.description,
    value: text,
    error: errorsByField(props.problem)[props.field ?? 'reason'],
    'data-autofocus': (props.autoFocus && !props.initial) || undefined,
  };
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        props.onSend(text.trim());
      }}
    >
      {props.hint && <p className="soft">{props.hint}</p>}
      {props.children}
      {props.line ? (
        <TextInput {...field} autoComplete="off" onChange={(e) => setText(e.currentTarget.value)} />
      ) : (
        <Textarea
          {...field}
          autosize
          minRows={props.optional ? 1 : 2}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      )}
      {props.law && <Notice tone="soon">{props.law}</Notice>}
      <Button
        type="submit"
        loading={props.busy}
        ref={button}
        data-autofocus={ready}
        {...(props.severe ? { color: 'red', variant: 'outline' } : {})}
      >
        {props.send}
      </Button>
      {props.other?.(text.trim())}
    </form>
  );
}

/** An optional text as the request wants it: nothing instead of an empty string. */
export const orUndefined = (text: string) => text.trim() || undefined;
