import { useTranslation } from 'react-i18next';
import { formatDate } from '@/shared/ui/format';
import { stretchesOf, timeFrom, type HoursRow } from './hours';
import type { Plan } from './plan';

/** The change in words: which days, and which hours from when on. */
export function ChangeList({ plan }: { plan: Plan }) {
  const { t } = useTranslation('catalogue');
  const days = Object.keys(plan.tried).sort();
  if (plan.empty) return null;
  const { hours } = plan;
  const row = (r: HoursRow) => {
    const names = stretchesOf(r.weekdays).map(([first, last]) =>
      first === last
        ? t(`calendar.weekdayShort.${first}`)
        : `${t(`calendar.weekdayShort.${first}`)}–${t(`calendar.weekdayShort.${last}`)}`,
    );
    const times = `${timeFrom(r.from) ?? r.from}–${timeFrom(r.to) ?? r.to}`;
    return t(r.counts ? 'calendar.hours.row' : 'calendar.hours.rowServes', {
      days: names.join(', '),
      times,
    });
  };
  return (
    <ul aria-label={t('calendar.try.chosen')}>
      {days.map((date) => (
        <li key={date}>{t(`calendar.try.${plan.tried[date] ?? 'off'}`, { date: formatDate(date) })}</li>
      ))}
      {hours && (
        <li>
          {hours.from
            ? t('calendar.hours.from', { date: formatDate(hours.from) })
            : t('calendar.hours.fromNowhere')}
          <ul>
            {hours.rows.map((r) => (
              <li key={r.id}>{row(r)}</li>
            ))}
          </ul>
        </li>
      )}
    </ul>
  );
}
