import { useId, useRef, useState, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import kiosk from '@/features/kiosk/kiosk.module.css';
import type { DeclarationField, DeclarationSection } from '@/shared/api/types';
import type { Language } from '@/shared/i18n';
import { keyOf, type Fault, type Values } from './filling';
import css from './readback.module.css';

/** The fields of a section, large, for the citizen to put right. */
export function Correct(props: {
  section: DeclarationSection;
  values: Values;
  faults: Fault[];
  language: Language;
  busy: boolean;
  onSend: (changed: Record<string, string | null>) => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation('declaration');
  const { section, values, faults, language } = props;
  const [typed, setTyped] = useState<Values>({});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);
  const send = () => {
    const changed: Record<string, string | null> = {};
    for (const [key, value] of Object.entries(typed))
      if (value.trim() !== (values[key] ?? '')) changed[key] = value.trim() || null;
    props.onSend(changed);
  };
  return (
    <form
      ref={form}
      noValidate
      autoComplete="off"
      aria-label={t('back.correct')}
      className={css.fields}
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      {section.fields.map((field) => {
        const key = keyOf(section, field);
        return (
          <Field
            key={key}
            name={key}
            field={field}
            language={language}
            value={typed[key] ?? values[key] ?? ''}
            fault={faults.find((f) => f.key === key)?.detail}
            onChange={(value) => setTyped((all) => ({ ...all, [key]: value }))}
          />
        );
      })}
      <div className={kiosk.tools}>
        <button type="button" className={kiosk.quiet} onClick={props.onLeave}>
          {t('back.leave')}
        </button>
        <button type="submit" className={kiosk.next} aria-disabled={props.busy || undefined}>
          {t(props.busy ? 'back.saving' : 'back.save')}
        </button>
      </div>
    </form>
  );
}

function Field(props: {
  name: string;
  field: DeclarationField;
  language: Language;
  value: string;
  fault?: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation(['declaration', 'common']);
  const id = useId();
  const { field, fault, language } = props;
  const same = {
    id,
    name: props.name,
    value: props.value,
    'aria-invalid': fault !== undefined,
    'aria-describedby': `${id}-fault`,
    'aria-required': field.required,
    onChange: (e: { currentTarget: { value: string } }) => props.onChange(e.currentTarget.value),
  };
  return (
    <div className={css.field}>
      <label htmlFor={id}>{field.name[language]}</label>
      {field.kind === 'choice' ? (
        <select {...same}>
          <option value="">{t('fill.choose')}</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name[language]}
            </option>
          ))}
        </select>
      ) : field.kind === 'long_text' ? (
        <textarea {...same} rows={3} maxLength={field.max_length} spellCheck={false} />
      ) : (
        <input
          {...same}
          spellCheck={false}
          autoComplete="off"
          maxLength={field.kind === 'text' ? field.max_length : undefined}
          inputMode={field.kind === 'date' || field.kind === 'number' ? 'numeric' : undefined}
          placeholder={field.kind === 'date' ? t('common:datePlaceholder') : undefined}
        />
      )}
      <p id={`${id}-fault`} role="alert" className={css.fault}>
        {fault}
      </p>
    </div>
  );
}
