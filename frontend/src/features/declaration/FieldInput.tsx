import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import draft from '@/features/draft/draft.module.css';
import type { DeclarationField, DeclarationValue } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { SourceMark, useBoth } from './parts';

/** How much of a line a field takes, by what it holds. */
function spanOf(field: DeclarationField): string | undefined {
  if (field.kind === 'long_text') return undefined;
  if (field.kind !== 'text') return draft.third;
  if (field.card === 'full_name') return draft.wide;
  return field.max_length <= 60 ? draft.third : undefined;
}

/** A field with what stands in it and where that comes from. It is saved when it is left. */
export function FieldInput(props: {
  name: string;
  field: DeclarationField;
  value: string;
  /** As it is saved; none while something else is being typed. */
  known?: DeclarationValue;
  error?: string;
  onChange: (value: string) => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation(['declaration', 'common']);
  const language = useBoth();
  const { field, known } = props;
  const same = {
    name: props.name,
    className: spanOf(field),
    label: field.name[language],
    required: field.required,
    value: props.value,
    error: props.error,
    description: known && <SourceMark value={known} />,
    inputWrapperOrder: helpBelow,
    onBlur: props.onLeave,
  };
  if (field.kind === 'choice')
    return (
      <NativeSelect
        {...same}
        data={[
          { value: '', label: t('fill.choose') },
          ...field.options.map((option) => ({ value: option.value, label: option.name[language] })),
        ]}
        onChange={(e) => props.onChange(e.currentTarget.value)}
      />
    );
  const typed = {
    ...same,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (e: { currentTarget: { value: string } }) => props.onChange(e.currentTarget.value),
  };
  if (field.kind === 'long_text') return <Textarea {...typed} rows={3} maxLength={field.max_length} />;
  return (
    <TextInput
      {...typed}
      // What is written otherwise than it is kept (a day, an amount) may be longer.
      maxLength={field.kind === 'text' ? field.max_length : undefined}
      inputMode={field.kind === 'number' || field.kind === 'date' ? 'numeric' : undefined}
      placeholder={field.kind === 'date' ? t('common:datePlaceholder') : undefined}
    />
  );
}
