import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { TICK_MS, usePolling } from '@/shared/api/live';
import type { NewWatchRules, WatchRules } from '@/shared/api/types';

/** The numbers now. What is pushed makes them be counted again, and so does every minute: time alone moves them. */
export function useBoard() {
  const polling = usePolling();
  return useQuery({
    queryKey: ['watch', 'board'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/deadlines/board', { signal })),
    refetchInterval: polling || TICK_MS,
  });
}

export const ALARMS = 8;

export function useAlarms(cursor?: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['watch', 'alarms', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/alarms', { params: { query: { limit: ALARMS, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: polling || TICK_MS,
  });
}

/** A working week of them. */
const DIGESTS = 5;

export const digestsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['watch', 'digests', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/deadlines/digests', { params: { query: { limit: DIGESTS, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

export const rulesQuery = () =>
  queryOptions({
    queryKey: ['watch-rules'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/deadlines/watch-rules', { signal })),
  });

/** Sets the rules at the version last seen. */
export function useSetRules() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, body }: { seen: WatchRules; body: NewWatchRules }) =>
      unwrap(
        api.PUT('/api/v1/deadlines/watch-rules', {
          params: {
            query: { centre_id: seen.centre_id },
            header: { 'If-Match': etag(seen.version) },
          },
          body,
        }),
      ),
    onSuccess: (rules) => {
      queries.setQueryData(rulesQuery().queryKey, rules);
      void queries.invalidateQueries({ queryKey: ['watch'] });
    },
  });
}
