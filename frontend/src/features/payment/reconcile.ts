import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS } from '@/shared/api/live';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type { BankPlacement, BankTransaction } from '@/shared/api/types';

/** What cashiers collected and no bank has told of yet; of one authority when one is named. */
export function useUnbanked(authority?: string, cursor?: string) {
  return useQuery({
    queryKey: ['unbanked', authority, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/unbanked-collections', {
          params: { query: { limit: 25, authority_id: authority, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** What a movement may be: collections of its sum, those that have its name first. */
export const proposalsQuery = (money: string) =>
  queryOptions({
    queryKey: ['unbanked', 'proposals', money],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/bank-transactions/{id}/placement-proposals', {
          params: { path: { id: money } },
          signal,
        }),
      ),
  });

/** Money that is nobody's, all of it, by its id. */
export function useUnmatched(enabled: boolean) {
  return useQuery({
    queryKey: ['money', 'unmatched', 'whole'],
    queryFn: async ({ signal }) => {
      const { items } = await everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/bank-transactions', {
            params: { query: { limit: WHOLE_PAGE, state: 'unmatched', cursor } },
            signal,
          }),
        ),
      );
      return new Map(items.map((m) => [m.id, m]));
    },
    refetchInterval: TICK_MS,
    enabled,
  });
}

/** Money that was held against collections, the last first. */
export function usePlacements(cursor?: string) {
  return useQuery({
    queryKey: ['bank-placements', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/bank-placements', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** After money was placed, or was not: its lists, what waits for the bank, and what was placed. */
function useSettled() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [['money'], ['unbanked'], ['bank-placements']].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
}

/** Says which collections money is, at the version last seen. */
export function usePlace() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ money, collections }: { money: BankTransaction; collections: string[] }) =>
      intent.run({ id: money.id, collections }, (key) =>
        unwrap(
          api.POST('/api/v1/bank-transactions/{id}/placements', {
            params: {
              path: { id: money.id },
              header: { 'If-Match': etag(money.version), 'Idempotency-Key': key },
            },
            body: { collection_ids: collections },
          }),
        ),
      ),
    onSettled: settled,
  });
}

/** Says that a placement was wrong, at the version last seen. */
export function useUndoPlacement() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ placement, reason }: { placement: BankPlacement; reason: string }) =>
      intent.run({ id: placement.id, reason }, (key) =>
        unwrap(
          api.POST('/api/v1/bank-placements/{id}/reversals', {
            params: {
              path: { id: placement.id },
              header: { 'If-Match': etag(placement.version), 'Idempotency-Key': key },
            },
            body: { reason },
          }),
        ),
      ),
    onSettled: settled,
  });
}
