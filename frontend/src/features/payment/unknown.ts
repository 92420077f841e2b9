import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS } from '@/shared/api/live';
import { WHOLE_PAGE } from '@/shared/api/pages';
import type { NewUnknownPayment, UnknownPayment } from '@/shared/api/types';

/** Payments of which it is not known whether they came. */
export function useUnknowns(cursor?: string) {
  return useQuery({
    // Under the lists of dossiers: what is pushed of one makes these be fetched again.
    queryKey: ['dossiers', 'unknown-payments', cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/unknown-payments', {
          params: { query: { limit: 25, state: 'unknown', cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** Those of one dossier of which that is not known, or was not; the last first. */
export function useUnknownsOf(dossier: string, enabled: boolean) {
  return useQuery({
    queryKey: ['dossier', dossier, 'unknown-payments'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/unknown-payments', {
          params: { query: { limit: WHOLE_PAGE, dossier_id: dossier } },
          signal,
        }),
      ),
    refetchInterval: TICK_MS,
    enabled,
  });
}

/** After something was said of one: the lists, and the dossiers it belongs to. */
function useSettled() {
  const queries = useQueryClient();
  return () =>
    Promise.all([['dossiers'], ['dossier']].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Says that it is not known whether what a dossier owes was paid. */
export function useSayUnknown() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ dossier, body }: { dossier: string; body: NewUnknownPayment }) =>
      intent.run({ dossier, body }, (key) =>
        unwrap(
          api.POST('/api/v1/dossiers/{id}/unknown-payments', {
            params: { path: { id: dossier }, header: { 'Idempotency-Key': key } },
            body,
          }),
        ),
      ),
    onSettled: settled,
  });
}

/** Says that it did not come, at the version last seen. */
export function useDenyUnknown() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ payment, reason }: { payment: UnknownPayment; reason: string }) =>
      intent.run({ id: payment.id, reason }, (key) =>
        unwrap(
          api.POST('/api/v1/unknown-payments/{id}/denials', {
            params: {
              path: { id: payment.id },
              header: { 'If-Match': etag(payment.version), 'Idempotency-Key': key },
            },
            body: { reason },
          }),
        ),
      ),
    onSettled: settled,
  });
}
