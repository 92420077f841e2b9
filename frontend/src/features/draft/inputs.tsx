import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWord } from '@/shared/i18n/useWord';
import { AmountInput } from '@/shared/ui/AmountInput';
import { DateInput } from '@/shared/ui/DateInput';
import { focusNext } from '@/shared/ui/enterMoves';
import { helpBelow } from '@/shared/ui/helpBelow';
import type { Bound } from './part';
import { certainties } from './words';

interface Common<V> {
  of: Bound<V>;
  label: string;
  description?: string;
  required?: boolean;
  className?: string;
}

/** A line of text. Every field is named by its pointer, by which the server's complaints find it. */
export function TextField({ of, ...rest }: Common<string> & { readOnly?: boolean }) {
  return (
    <TextInput
      name={of.at}
      autoComplete="off"
      spellCheck={false}
      inputWrapperOrder={helpBelow}
      value={of.value}
      error={of.error}
      onChange={(e) => of.set(e.currentTarget.value)}
      {...rest}
    />
  );
}

/**
 * A text that may be long: the field grows with it, so that all of it is seen. Where it is one paragraph, Enter goes
 * on as in every other field.
 */
export function LongField({ of, lines, ...rest }: Common<string> & { lines?: boolean }) {
  return (
    <Textarea
      name={of.at}
      autosize
      minRows={1}
      autoComplete="off"
      spellCheck={false}
      inputWrapperOrder={helpBelow}
      value={of.value}
      error={of.error}
      onChange={(e) => of.set(e.currentTarget.value)}
      onKeyDown={(e) => {
        const { form } = e.currentTarget;
        if (lines || !form || e.key !== 'Enter' || e.nativeEvent.isComposing) return;
        if (e.ctrlKey || e.metaKey || e.shiftKey) return;
        e.preventDefault();
        focusNext(form, e.currentTarget);
      }}
      {...rest}
    />
  );
}

/** A small whole number; no number of the catalogue has more than four digits. */
export function NumberField({ of, ...rest }: Common<number | null>) {
  return (
    <TextInput
      name={of.at}
      autoComplete="off"
      inputMode="numeric"
      inputWrapperOrder={helpBelow}
      value={of.value ?? ''}
      error={of.error}
      onChange={(e) => {
        const digits = e.currentTarget.value.replace(/\D/g, '').slice(0, 4);
        of.set(digits === '' ? null : Number(digits));
      }}
      {...rest}
    />
  );
}

/** A figure that may have a fraction, with a comma as a decision writes it: "2,5", "0,75". */
export function DecimalField({ of, unit, ...rest }: Common<string> & { unit?: string }) {
  return (
    <TextInput
      name={of.at}
      autoComplete="off"
      inputMode="decimal"
      inputWrapperOrder={helpBelow}
      rightSection={unit && <span aria-hidden="true">{unit}</span>}
      value={of.value}
      error={of.error}
      onChange={(e) => {
        const typed = /^\d{0,4}(?:[.,]\d{0,2})?/.exec(e.currentTarget.value.replace(/[^\d.,]/g, ''));
        of.set((typed?.[0] ?? '').replace('.', ','));
      }}
      {...rest}
    />
  );
}

export function MoneyField({ of, ...rest }: Common<number | null>) {
  return <AmountInput name={of.at} value={of.value} error={of.error} onChange={of.set} {...rest} />;
}

export function DayField({ of, ...rest }: Common<string>) {
  return <DateInput name={of.at} value={of.value} error={of.error} onChange={of.set} {...rest} />;
}

export function Check({ of, ...rest }: Common<boolean>) {
  return (
    <Checkbox
      name={of.at}
      checked={of.value}
      error={of.error}
      onChange={(e) => of.set(e.currentTarget.checked)}
      {...rest}
    />
  );
}

/** One of a closed set; `words`: where their words stand. A word of the document that is not in the set is kept. */
export function Choice({
  of,
  options,
  words,
  ...rest
}: Common<string> & { options: readonly string[]; words: string }) {
  const word = useWord();
  const all = options.includes(of.value) ? options : [of.value, ...options];
  return (
    <NativeSelect
      name={of.at}
      inputWrapperOrder={helpBelow}
      value={of.value}
      error={of.error}
      onChange={(e) => of.set(e.currentTarget.value)}
      data={all.map((value) => ({ value, label: word(words, value) }))}
      {...rest}
    />
  );
}

/** How sure we are of a figure. */
export function Sure({ of, className }: { of: Bound<string>; className?: string }) {
  const { t } = useTranslation('draft');
  return (
    <Choice
      of={of}
      label={t('sure')}
      options={certainties}
      words="catalogue:certainty"
      className={className}
    />
  );
}
