import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { formatDate, parseBirthDate } from './format';
import { helpBelow } from './helpBelow';

const real = (iso: string) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
};

/**
 * A date as written on every paper here: day/month/year. The browser's own date field follows the computer's
 * language, and an office computer set to English would swap day and month.
 */
export function DateInput(props: {
  label: string;
  name?: string;
  className?: string;
  description?: string;
  value: string;
  required?: boolean;
  /** The first day that may be chosen, `YYYY-MM-DD`. */
  min?: string;
  error?: string;
  /** Called with `YYYY-MM-DD` or nothing when the field is left with a real date or empty. */
  onChange: (iso: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(props.value ? formatDate(props.value) : '');
  const [left, setLeft] = useState('');
  // A day that another field has set for this one stands in it without being typed.
  const [known, setKnown] = useState(props.value);
  if (known !== props.value) {
    setKnown(props.value);
    setText(props.value ? formatDate(props.value) : '');
    setLeft(props.value);
  }
  const field = useRef<HTMLInputElement>(null);
  const { min } = props;
  const complaint = (iso: string) => {
    if (iso === '') return null;
    if (!real(iso)) return t('dateWrong');
    return min && iso < min ? t('dateTooEarly', { date: formatDate(min) }) : null;
  };
  const wrong = complaint(left);
  const commit = () => {
    const iso = text.trim() === '' ? '' : parseBirthDate(text);
    setLeft(iso);
    if (complaint(iso) === null && iso !== props.value) props.onChange(iso);
  };
  // A form must not go off with the date that stood here before the wrong one.
  useEffect(() => field.current?.setCustomValidity(wrong ?? ''), [wrong]);
  return (
    <TextInput
      ref={field}
      label={props.label}
      name={props.name}
      className={props.className}
      description={props.description}
      inputWrapperOrder={helpBelow}
      required={props.required}
      placeholder={t('datePlaceholder')}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={wrong ?? props.error}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(e) => {
        // Ctrl+Enter sends the form with this very key press: it must have the day by then.
        if (e.key === 'Enter') flushSync(commit);
      }}
    />
  );
}
