import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type { NewAbsence, NewDuties, NewRosterSettings, RosterSettings } from '@/shared/api/types';
import { addDays } from '@/features/calendar/year';

/** Duties of some days: all of the centre's for who reads its roster, else those that name oneself. */
export const dutiesQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['roster', 'duties', from, to],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/roster/duties', {
            params: { query: { from, to, limit: WHOLE_PAGE, cursor } },
            signal,
          }),
        ),
      ),
  });

/** So many of somebody's coming duties are told. */
const COMING = 10;
/** Within so many days. */
export const COMING_DAYS = 30;

export const comingQuery = (user: string, today: string) =>
  queryOptions({
    queryKey: ['roster', 'coming', user, today],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/roster/duties', {
          params: {
            query: { user_id: user, from: today, to: addDays(today, COMING_DAYS), limit: COMING },
          },
          signal,
        }),
      ),
  });

/** Where counters stand empty; without days, in the coming ones that the centre is warned of. */
export const uncoveredQuery = (days?: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['roster', 'uncovered', days?.from, days?.to],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/roster/uncovered', { params: { query: days ?? {} }, signal })),
  });

export const absencesQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['roster', 'absences', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/roster/absences', { params: { query: { limit: 10, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

export const balancesQuery = () =>
  queryOptions({
    queryKey: ['roster', 'balances'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/roster/leave-balances', {
            params: { query: { limit: WHOLE_PAGE, cursor } },
            signal,
          }),
        ),
      ),
  });

export const entriesQuery = (user: string, cursor?: string) =>
  queryOptions({
    queryKey: ['roster', 'entries', user, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/roster/leave-entries', {
          params: { query: { user_id: user, limit: 10, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const settingsQuery = () =>
  queryOptions({
    queryKey: ['roster', 'settings'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/roster/settings', { signal })),
  });

/** Records something once, however often it is pressed; what is shown of the roster is then asked for anew. */
function useRecord<B, T>(send: (body: B, header: { 'Idempotency-Key': string }) => Promise<T>) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: B) => intent.run(body, (key) => send(body, { 'Idempotency-Key': key })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['roster'] }),
  });
}

export const usePlanDuties = () =>
  useRecord((body: NewDuties, header) =>
    unwrap(api.POST('/api/v1/roster/duties', { params: { header }, body })),
  );

export const useStandIn = () =>
  useRecord(({ id, user }: { id: string; user: string }, header) =>
    unwrap(
      api.POST('/api/v1/roster/duties/{id}/stand-ins', {
        params: { path: { id }, header },
        body: { user_id: user },
      }),
    ),
  );

export const useCancelDuty = () =>
  useRecord((id: string, header) =>
    unwrap(api.POST('/api/v1/roster/duties/{id}/cancellations', { params: { path: { id }, header } })),
  );

export const useServed = () =>
  useRecord((id: string, header) =>
    unwrap(api.POST('/api/v1/roster/duties/{id}/service-records', { params: { path: { id }, header } })),
  );

export const useEnterAbsence = () =>
  useRecord((body: NewAbsence, header) =>
    unwrap(api.POST('/api/v1/roster/absences', { params: { header }, body })),
  );

export const useCancelAbsence = () =>
  useRecord((id: string, header) =>
    unwrap(api.POST('/api/v1/roster/absences/{id}/cancellations', { params: { path: { id }, header } })),
  );

export const useCorrectEntry = () =>
  useRecord(({ id, reason }: { id: string; reason: string }, header) =>
    unwrap(
      api.POST('/api/v1/roster/leave-entries/{id}/corrections', {
        params: { path: { id }, header },
        body: { reason },
      }),
    ),
  );

/** Sets what holds at the version last seen. */
export function useSetSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, body }: { seen: RosterSettings; body: NewRosterSettings }) =>
      unwrap(
        api.PUT('/api/v1/roster/settings', {
          params: { header: { 'If-Match': etag(seen.version) } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['roster'] }),
  });
}
