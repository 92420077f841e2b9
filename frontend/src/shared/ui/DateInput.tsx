import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, parseBirthDate } from './format';

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
  value: string;
  error?: string;
  /** Called with `YYYY-MM-DD` or nothing when the field is left with a real date or empty. */
  onChange: (iso: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(props.value ? formatDate(props.value) : '');
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    const iso = text.trim() === '' ? '' : parseBirthDate(text);
    const ok = iso === '' || real(iso);
    setWrong(!ok);
    if (ok && iso !== props.value) props.onChange(iso);
  };
  return (
    <TextInput
      label={props.label}
      placeholder={t('datePlaceholder')}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={wrong ? t('dateWrong') : props.error}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(e) => {
        if (e.key === 'Enter') commit();
      }}
    />
  );
}
