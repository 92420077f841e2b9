import { useTranslation } from 'react-i18next';
import type { Absence } from '@/shared/api/types';
import { capital, formatDate, formatWeekday } from '@/shared/ui/format';
import { hoursOf } from './week';

export const timesOf = (t: { from: string; to: string }) => `${t.from.slice(0, 5)}–${t.to.slice(0, 5)}`;

/** Days, times and amounts as the roster says them. */
export function useWords() {
  const { t, i18n } = useTranslation('roster');
  const amount = (minutes: number) => {
    const { hours, minutes: rest } = hoursOf(minutes);
    if (hours === 0 && rest > 0) return t('leave.minutes', { minutes: rest });
    return rest === 0 ? t('leave.hours', { hours }) : t('leave.hoursMinutes', { hours, minutes: rest });
  };
  return {
    /** "thứ Hai 02/03/2026" */
    day: (date: string) => `${formatWeekday(date, i18n.language)} ${formatDate(date)}`,
    /** The same where it begins a line. */
    Day: (date: string) => `${capital(formatWeekday(date, i18n.language))} ${formatDate(date)}`,
    /** "4 giờ 30 phút" */
    left: (minutes: number) =>
      minutes < 0 ? t('leave.below', { amount: amount(minutes) }) : amount(minutes),
    /** The same with its sign. */
    change: (minutes: number) => t(minutes < 0 ? 'leave.below' : 'leave.above', { amount: amount(minutes) }),
    /** "03/03/2026 – 04/03/2026", or one day, with its hours where it has some. */
    span: (a: Pick<Absence, 'first_day' | 'last_day' | 'from' | 'to'>) => {
      if (a.first_day !== a.last_day)
        return t('absence.span', { from: formatDate(a.first_day), to: formatDate(a.last_day) });
      const day = formatDate(a.first_day);
      return a.from && a.to ? `${day}, ${timesOf({ from: a.from, to: a.to })}` : day;
    },
  };
}
