import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { FIRST_YEAR, LAST_YEAR } from './proposal';

/** Days of a centre's calendar, from and to included; the server answers at most 367 of them. */
export const daysQuery = (from: string, to: string, centre?: string) =>
  queryOptions({
    queryKey: ['calendar', from, to, centre],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/calendar/days', { params: { query: { from, to, centre_id: centre } }, signal }),
      ),
  });

/** What a year's days off would be by law, beside what the calendar has. */
export const proposalQuery = (year: number) =>
  queryOptions({
    queryKey: ['calendar', 'proposal', year],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/calendar/proposals/{year}', { params: { path: { year } }, signal })),
    enabled: year >= FIRST_YEAR && year <= LAST_YEAR,
  });
