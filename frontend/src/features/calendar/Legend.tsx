import { useTranslation } from 'react-i18next';
import { marks, type Mark } from './year';
import css from './year.module.css';

/** One sign per kind of day, so that no kind is told by its colour alone. */
const shapes: Record<Mark, string> = {
  working: 'M6 4.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8z',
  weekend: 'M3 6h6',
  off: 'M3 3l6 6M9 3l-6 6',
  makeUp: 'M6 2.5v7M2.5 6h7',
  service: 'M6 2.5a3.5 3.5 0 0 0 0 7z M6 2.5a3.5 3.5 0 0 1 0 7',
};
const filled: Mark[] = ['working'];

/** The sign of a day; with a question mark while its year's notice is not out. */
export function DayMark({ mark, provisional }: { mark: Mark; provisional?: boolean }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      className={css.sign}
      width={provisional ? 20 : 12}
      height={12}
      viewBox={provisional ? '0 0 20 12' : '0 0 12 12'}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={shapes[mark]} fill={filled.includes(mark) ? 'currentColor' : undefined} />
      {mark === 'service' && <path d="M6 2.5a3.5 3.5 0 0 0 0 7z" fill="currentColor" />}
      {provisional && <path d="M13.6 4a2 2 0 1 1 2.8 1.8c-.6.4-.8.7-.8 1.3M15.6 9.4v.1" />}
    </svg>
  );
}

/** What the signs and colours of the year mean. */
export function Legend({ trying }: { trying: boolean }) {
  const { t } = useTranslation('catalogue');
  return (
    <ul className={css.legend} aria-label={t('calendar.year.legend')}>
      {marks.map((mark) => (
        <li key={mark}>
          <span className={css.sample} data-mark={mark}>
            <DayMark mark={mark} />
          </span>
          {t(`calendar.marks.${mark}`)}
        </li>
      ))}
      <li>
        <span className={css.sample} data-mark="off" data-provisional>
          <DayMark mark="off" provisional />
        </span>
        {t('calendar.marks.provisional')}
      </li>
      <li>
        <span className={css.sample} data-today />
        {t('calendar.marks.today')}
      </li>
      {trying && (
        <li>
          <span className={css.sample} data-tried="off" />
          {t('calendar.marks.tried')}
        </li>
      )}
    </ul>
  );
}
