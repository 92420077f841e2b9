import { TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { groupVnd, parseVnd } from './format';
import { helpBelow } from './helpBelow';

/** What of a text is typed: its digits, and the sign before them. */
const typedIn = (text: string) => text.replace(/[^\d-]/g, '').length;

/** The place in `text` behind the first `count` signs that are typed. */
function behind(text: string, count: number): number {
  let at = 0;
  for (let seen = 0; at < text.length && seen < count; at++) if (/[\d-]/.test(text.charAt(at))) seen++;
  return at;
}

/** An amount in whole đồng, grouped as it is typed: 1.000.000. */
export function AmountInput(props: {
  label: string;
  name?: string;
  className?: string;
  description?: string;
  value: number | null;
  required?: boolean;
  /** It may be below zero. */
  signed?: boolean;
  /** Where a dialog begins. */
  first?: boolean;
  error?: string;
  onChange: (amount: number | null) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const typedBefore = useRef<number | null>(null);
  /** A sign stands there that no digit follows yet. */
  const [sign, setSign] = useState(false);
  const text = props.value === null && sign ? '-' : groupVnd(props.value);
  // A dot that comes or goes must not throw the cursor to the end while someone corrects a digit in the middle.
  useLayoutEffect(() => {
    if (typedBefore.current === null) return;
    const at = behind(text, typedBefore.current);
    typedBefore.current = null;
    field.current?.setSelectionRange(at, at);
  }, [text]);
  return (
    <TextInput
      ref={field}
      label={props.label}
      name={props.name}
      className={props.className}
      description={props.description}
      inputWrapperOrder={helpBelow}
      required={props.required}
      data-autofocus={props.first || undefined}
      inputMode="numeric"
      autoComplete="off"
      rightSection={<span aria-hidden="true">đ</span>}
      value={text}
      error={props.error}
      onChange={(e) => {
        const { value, selectionStart } = e.currentTarget;
        const below = props.signed === true && value.trimStart().startsWith('-');
        const amount = parseVnd(value);
        const before = value.slice(0, selectionStart ?? value.length);
        typedBefore.current = typedIn(below ? before : before.replaceAll('-', ''));
        setSign(below);
        props.onChange(below && amount !== null ? -amount : amount);
      }}
    />
  );
}
