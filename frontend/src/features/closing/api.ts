import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { organisationQuery } from '@/features/centre/api';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS } from '@/shared/api/live';
import type { CashRule, NewCashRule, NewTillClosing } from '@/shared/api/types';

/** One's own till. */
export const tillQuery = () =>
  queryOptions({
    // Under the lists of dossiers: what is pushed of one makes this be fetched again.
    queryKey: ['dossiers', 'till'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/till', { signal })),
    refetchInterval: TICK_MS,
  });

/** Closings, the last first. */
export function useClosings(cursor?: string) {
  return useQuery({
    queryKey: ['till-closings', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/till-closings', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** One closing whole. Nothing of it ever changes. */
export const closingQuery = (id: string) =>
  queryOptions({
    queryKey: ['till-closing', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/till-closings/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });

/** Closes one's own till over what was seen of it. */
export function useClose() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewTillClosing) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/till-closings', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: (closing) => queries.setQueryData(closingQuery(closing.id).queryKey, closing),
    // Whoever was told that the till is not as it was seen sees it anew.
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: tillQuery().queryKey });
      void queries.invalidateQueries({ queryKey: ['till-closings'] });
    },
  });
}

/** A closing as it is printed and signed. */
export const closingDocument = (id: string) =>
  api.GET('/api/v1/till-closings/{id}/document.pdf', { params: { path: { id } }, parseAs: 'blob' });

/** A closing as a workbook. */
export const closingWorkbook = (id: string) =>
  api.GET('/api/v1/till-closings/{id}/workbook.xlsx', { params: { path: { id } }, parseAs: 'blob' });

/** Counters of a centre that are open on a day; none where they cannot be read. */
export function useCounters(centre: string, day: string) {
  const counters = useQuery(organisationQuery(centre)).data?.counters ?? [];
  return counters.filter((c) => c.valid_from <= day && (!c.valid_to || c.valid_to >= day));
}

/** Whether a centre takes cash; the first one's where none is named. */
export const cashRuleQuery = (centre?: string) =>
  queryOptions({
    queryKey: ['cash-rule', centre],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/cash-rule', { params: { query: { centre_id: centre } }, signal })),
  });

/** Says whether a centre takes cash, at the version last seen. */
export function useSetCashRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, body }: { seen: CashRule; body: NewCashRule }) =>
      unwrap(
        api.PUT('/api/v1/cash-rule', {
          params: { query: { centre_id: seen.centre_id }, header: { 'If-Match': etag(seen.version) } },
          body,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['cash-rule'] }),
  });
}
