import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { localDate } from '@/shared/ui/format';

/** Days to either side that are asked for: more than the longest holiday, Tết with its weekends. */
const SPAN = 21;
/** How many days are offered. */
export const OFFERED = 5;

const dayFrom = (day: string, by: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** The last working day before a date, and the first ones after it; `days` in the calendar's order. */
export function workdaysAround(
  days: { date: string; working: boolean }[],
  date: string,
): { before: string | undefined; after: string[] } {
  const working = days.filter((d) => d.working).map((d) => d.date);
  return {
    before: working.filter((d) => d < date).at(-1),
    after: working.filter((d) => d > date).slice(0, OFFERED),
  };
}

const daysQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['calendar', from, to],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/calendar/days', { params: { query: { from, to } }, signal })),
    staleTime: 60_000,
  });

/** The working days next to the day of an instant; nothing of them while they are being fetched. */
export function useWorkdaysAround(instant: string): ReturnType<typeof workdaysAround> {
  const date = localDate(new Date(instant));
  const days = useQuery(daysQuery(dayFrom(date, -SPAN), dayFrom(date, SPAN)));
  return workdaysAround(days.data?.items ?? [], date);
}
