import { useEffect, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react';
import { enterMoves } from './enterMoves';

export interface KeyFormHandle {
  /** Puts the focus on the first field that is marked as wrong, once React has marked it. */
  focusFault: () => void;
}

/** A form worked by keyboard: Enter moves on, Ctrl+Enter sends, and what is refused gets the focus. */
export function KeyForm(props: {
  label: string;
  className?: string;
  /** What the server refused; the first field it names is where the officer's hands should be next. */
  refusal: unknown;
  ref?: Ref<KeyFormHandle>;
  onSend: () => void;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const focus = () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  useImperativeHandle(props.ref, () => ({ focusFault: () => setTimeout(focus) }), []);
  useEffect(() => {
    if (props.refusal) focus();
  }, [props.refusal]);
  return (
    // Enter and Ctrl+Enter are conveniences of the form; every control is reachable without them.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      noValidate
      autoComplete="off"
      aria-label={props.label}
      className={props.className}
      onKeyDown={enterMoves}
      onSubmit={(e) => {
        e.preventDefault();
        props.onSend();
      }}
    >
      {props.children}
    </form>
  );
}
