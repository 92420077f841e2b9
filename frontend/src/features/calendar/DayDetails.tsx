import { useTranslation } from 'react-i18next';
import type { CalendarDay } from '@/shared/api/types';
import { capital, formatDate, formatWeekday } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { Facts } from '@/shared/ui/Page';
import { Kind, shiftWords, TryButton, type Trying } from './day';
import css from './year.module.css';

/** One day: its kind, its hours, and the document it rests on. */
export function DayDetails({ day, trying }: { day: CalendarDay; trying?: Trying }) {
  const { t, i18n } = useTranslation('catalogue');
  return (
    <section className={css.details} aria-labelledby="day-title" aria-live="polite">
      <h3 id="day-title">
        {capital(formatWeekday(day.date, i18n.language))} {formatDate(day.date)}
      </h3>
      <p className={css.chips}>
        <Kind day={day} />
        {day.provisional && (
          <Chip tone="soon" icon="info">
            {t('calendar.marks.provisional')}
          </Chip>
        )}
      </p>
      <Facts
        items={[
          [t('calendar.details.name'), day.name],
          [
            t('calendar.details.shifts'),
            day.shifts.length > 0 ? shiftWords(day.shifts) : t('calendar.details.noShift'),
          ],
          [
            t('calendar.details.service'),
            day.service_shifts.length > 0 &&
              t('calendar.serviceOnly', { shifts: shiftWords(day.service_shifts) }),
          ],
          [t('calendar.details.source'), day.source ?? t('calendar.details.noSource')],
        ]}
      />
      {trying && (
        <div>
          <TryButton day={day} trying={trying} />
        </div>
      )}
    </section>
  );
}
