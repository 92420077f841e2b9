import { Input } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatVnd } from '@/shared/ui/format';
import ui from '@/shared/ui/ui.module.css';
import css from './closing.module.css';
import { notesOf, worthOf } from './words';

/** More notes of one value no drawer holds. */
const MOST_DIGITS = 6;

/** Counts the notes in the drawer, the largest first; what they are worth is there at once. */
export function NotesField(props: {
  values: number[];
  typed: Record<number, string>;
  /** What is wrong with all of it, and with the notes at these places. */
  error?: string;
  wrong: Record<number, string | undefined>;
  onChange: (value: number, typed: string) => void;
}) {
  const { t } = useTranslation('closing');
  const { values, typed, error, wrong } = props;
  const counted = notesOf(values, typed);
  const faults = [error, ...values.map((_, i) => wrong[i])].filter(Boolean);
  return (
    <fieldset className={css.notes} aria-describedby={faults.length > 0 ? 'notes-error' : undefined}>
      <legend>{t('notes.title')}</legend>
      <p className="small soft">{t('notes.hint')}</p>
      <table className={`${ui.table} ${css.counted}`}>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('notes.value')}
            </th>
            <th scope="col" className="num">
              {t('notes.count')}
            </th>
            <th scope="col" className="num">
              {t('notes.worth')}
            </th>
          </tr>
        </thead>
        <tbody>
          {values.map((value, i) => (
            <tr key={value}>
              <th scope="row" className="num">
                {formatVnd(value)}
              </th>
              <td className="num">
                <Input
                  withAria={false}
                  name={`note_${value}`}
                  aria-label={t('notes.of', { value: formatVnd(value) })}
                  // Where none is counted yet, one begins with the largest.
                  aria-invalid={Boolean(wrong[i] ?? (i === 0 && error))}
                  error={Boolean(wrong[i] ?? error)}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={MOST_DIGITS}
                  value={typed[value] ?? ''}
                  onChange={(e) => props.onChange(value, e.currentTarget.value.replace(/\D/g, ''))}
                />
              </td>
              <td className="num">{typed[value] ? formatVnd(value * Number(typed[value])) : ''}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2} className="num">
              {t('notes.all')}
            </th>
            <td className="num">
              <strong>{counted ? formatVnd(worthOf(counted)) : ''}</strong>
            </td>
          </tr>
        </tfoot>
      </table>
      {faults.length > 0 && (
        <Input.Error id="notes-error" className={css.fault}>
          {faults.join(' ')}
        </Input.Error>
      )}
    </fieldset>
  );
}
