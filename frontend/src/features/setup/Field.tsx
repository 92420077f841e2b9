import { TextInput, type TextInputProps } from '@mantine/core';
import { helpBelow } from '@/shared/ui/helpBelow';
import type { SetupForm } from './state';

export interface PartProps {
  form: SetupForm;
  /** What is wrong, by the pointer of the field. */
  errors: Record<string, string>;
  change: (at: string, next: (form: SetupForm) => SetupForm) => void;
}

/** One field of the form, named by its pointer, by which the server's complaints find it. */
export function Field({
  at,
  errors,
  onType,
  ...rest
}: Omit<TextInputProps, 'onChange'> & {
  at: string;
  errors: Record<string, string>;
  onType: (text: string) => void;
}) {
  return (
    <TextInput
      name={at}
      autoComplete="off"
      spellCheck={false}
      inputWrapperOrder={helpBelow}
      error={errors[at]}
      onChange={(e) => onType(e.currentTarget.value)}
      {...rest}
    />
  );
}
