import { useTranslation } from 'react-i18next';
import css from '@/features/draft/draft.module.css';
import { LongField } from '@/features/draft/inputs';
import { bind, type Part } from '@/features/draft/part';
import type { Both } from './form';

/** A wording in both languages, side by side. */
export function BothFields({
  part,
  label,
  required,
}: {
  part: Part<Both>;
  label: string;
  required?: boolean;
}) {
  const { t } = useTranslation('survey');
  return (['vi', 'en'] as const).map((language) => (
    <LongField
      key={language}
      of={bind(part, language)}
      required={required}
      label={t(`builder.${language}`, { label })}
      className={css.half}
    />
  ));
}
