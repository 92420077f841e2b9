import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CalendarDay } from '@/shared/api/types';
import { formatDate, formatWeekday } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { daysQuery } from './api';
import { Kind, shiftWords, TryButton, type Trying } from './day';
import { monthDays } from './month';

/** The days of a month one under the other, each with its hours and its source. */
export function MonthCard({ month, trying }: { month: string; trying?: Trying }) {
  const { t, i18n } = useTranslation('catalogue');
  const { from, to } = monthDays(month);
  const days = useQuery(daysQuery(from, to));
  const [year, number] = month.split('-');
  return (
    <Card id="month" title={t('calendar.month', { month: Number(number), year })}>
      {days.isPending && <Loading rows={10} />}
      {days.isError && <ProblemNotice error={days.error} onRetry={() => void days.refetch()} />}
      {days.data && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-labelledby="month-title" tabIndex={0}>
          <table className={`${ui.table} ${ui.wide}`}>
            <thead>
              <tr>
                <th scope="col">{t('calendar.day')}</th>
                {trying && <th scope="col">{t('calendar.try.column')}</th>}
                <th scope="col">{t('calendar.kind')}</th>
                <th scope="col">{t('calendar.shifts')}</th>
                <th scope="col">{t('calendar.source')}</th>
              </tr>
            </thead>
            <tbody>
              {days.data.items.map((day) => (
                <tr key={day.date}>
                  <td style={{ whiteSpace: 'nowrap' }}>
                    <strong>{formatDate(day.date)}</strong>{' '}
                    <span className="soft">{formatWeekday(day.date, i18n.language)}</span>
                  </td>
                  {trying && (
                    <td>
                      <TryButton day={day} trying={trying} />
                    </td>
                  )}
                  <td>
                    <Kind day={day} />
                  </td>
                  <td style={{ whiteSpace: 'nowrap' }}>
                    <Shifts day={day} />
                  </td>
                  <td className="small soft">{day.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Shifts({ day }: { day: CalendarDay }) {
  const { t } = useTranslation('catalogue');
  if (day.shifts.length > 0) return <>{shiftWords(day.shifts)}</>;
  if (day.service_shifts.length > 0)
    return <>{t('calendar.serviceOnly', { shifts: shiftWords(day.service_shifts) })}</>;
  return <span className="soft">{t('calendar.closed')}</span>;
}
