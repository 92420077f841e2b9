import { TextInput } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { groupVnd, parseVnd } from './format';
import { helpBelow } from './helpBelow';

const digitsIn = (text: string) => text.replace(/\D/g, '').length;

/** The place in `text` behind its first `count` digits. */
function behind(text: string, count: number): number {
  let at = 0;
  for (let seen = 0; at < text.length && seen < count; at++) if (/\d/.test(text.charAt(at))) seen++;
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
  error?: string;
  onChange: (amount: number | null) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const digitsBefore = useRef<number | null>(null);
  const text = groupVnd(props.value);
  // A dot that comes or goes must not throw the cursor to the end while someone corrects a digit in the middle.
  useLayoutEffect(() => {
    if (digitsBefore.current === null) return;
    const at = behind(text, digitsBefore.current);
    digitsBefore.current = null;
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
      inputMode="numeric"
      autoComplete="off"
      rightSection={<span aria-hidden="true">đ</span>}
      value={text}
      error={props.error}
      onChange={(e) => {
        const { value, selectionStart } = e.currentTarget;
        digitsBefore.current = digitsIn(value.slice(0, selectionStart ?? value.length));
        props.onChange(parseVnd(value));
      }}
    />
  );
}
