import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS } from '@/shared/api/live';
import { WHOLE_PAGE } from '@/shared/api/pages';
import type {
  CollectionVoid,
  NewReceiptRefund,
  NewReceiptSeries,
  NewReplacement,
  Receipt,
  ReceiptSeries,
} from '@/shared/api/types';

/** Receipts, the last given first; of one dossier when one is named, or of one payer. */
export function useReceipts(of: { dossier?: string; payer?: string }, cursor?: string) {
  return useQuery({
    // Under the lists of dossiers: what is pushed of one makes these be fetched again.
    queryKey: ['dossiers', 'receipts', of, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/receipts', {
          params: { query: { limit: 25, dossier_id: of.dossier, payer_number: of.payer, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** One receipt whole. Reading it is recorded, so it is read when it is wanted and not kept. */
export const receiptQuery = (id: string) =>
  queryOptions({
    queryKey: ['receipt', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/receipts/{id}', { params: { path: { id } }, signal })),
    gcTime: 0,
    staleTime: Infinity,
  });

/** The receipts of a dossier, for its own page and the till. */
export const dossierReceiptsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'receipts'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/receipts', { params: { query: { limit: WHOLE_PAGE, dossier_id: id } }, signal }),
      ),
  });

/** What was collected and has no receipt yet. */
export function useOwed(cursor?: string) {
  return useQuery({
    queryKey: ['dossiers', 'receipts-owed', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/receipts-owed', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** Collections that were said to be none. */
export function useVoids(cursor?: string, enabled = true) {
  return useQuery({
    queryKey: ['dossiers', 'collection-voids', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/collection-voids', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
    enabled,
  });
}

export function useSeries(cursor?: string) {
  return useQuery({
    queryKey: ['receipt-series', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/receipt-series', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** A receipt as the document that is printed and kept. */
export const receiptDocument = (id: string) =>
  api.GET('/api/v1/receipts/{id}/document.pdf', { params: { path: { id } }, parseAs: 'blob' });

/** After something became of a receipt: the lists, and the dossiers it belongs to. */
function useSettled() {
  const queries = useQueryClient();
  return () =>
    Promise.all([['dossiers'], ['dossier']].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Gives a receipt that takes another's place, at the version last seen. */
export function useReplace() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ receipt, body }: { receipt: Receipt; body: NewReplacement }) =>
      intent.run({ id: receipt.id, body }, (key) =>
        unwrap(
          api.POST('/api/v1/receipts/{id}/replacements', {
            params: {
              path: { id: receipt.id },
              header: { 'If-Match': etag(receipt.version), 'Idempotency-Key': key },
            },
            body,
          }),
        ),
      ),
    onSettled: settled,
  });
}

/** Proposes that some of what a receipt was given for goes back, at the version last seen. */
export function useProposeReturn() {
  const queries = useQueryClient();
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ receipt, body }: { receipt: Receipt; body: NewReceiptRefund }) =>
      intent.run({ id: receipt.id, body }, (key) =>
        unwrap(
          api.POST('/api/v1/receipts/{id}/refunds', {
            params: {
              path: { id: receipt.id },
              header: { 'If-Match': etag(receipt.version), 'Idempotency-Key': key },
            },
            body,
          }),
        ),
      ),
    onSettled: () => Promise.all([settled(), queries.invalidateQueries({ queryKey: ['refunds'] })]),
  });
}

/** Gives the receipts of a dossier that are still to be given. */
export function useGive() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: (dossier: string) =>
      intent.run(dossier, (key) =>
        unwrap(
          api.POST('/api/v1/dossiers/{id}/receipts', {
            params: { path: { id: dossier }, header: { 'Idempotency-Key': key } },
          }),
        ),
      ),
    onSettled: settled,
  });
}

/** Says that the last collection of a dossier was none. */
export function useProposeVoid() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ dossier, reason }: { dossier: string; reason: string }) =>
      intent.run({ dossier, reason }, (key) =>
        unwrap(
          api.POST('/api/v1/dossiers/{id}/collection-voids', {
            params: { path: { id: dossier }, header: { 'Idempotency-Key': key } },
            body: { reason },
          }),
        ),
      ),
    onSettled: settled,
  });
}

/** Agrees that a collection was none, or does not, at the version last seen. */
export function useDecideVoid() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: (wanted: { proposal: CollectionVoid; step: 'approve' | 'reject'; reason: string }) =>
      intent.run({ id: wanted.proposal.id, step: wanted.step, reason: wanted.reason }, (key) => {
        const { proposal, step, reason } = wanted;
        const params = {
          path: { id: proposal.id },
          header: { 'If-Match': etag(proposal.version), 'Idempotency-Key': key },
        };
        return unwrap(
          step === 'approve'
            ? api.POST('/api/v1/collection-voids/{id}/approvals', { params })
            : api.POST('/api/v1/collection-voids/{id}/rejections', { params, body: { reason } }),
        );
      }),
    onSettled: settled,
  });
}

/** Opens a series; the one before of the same body and sort ends. */
export function useOpenSeries() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewReceiptSeries) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/receipt-series', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['receipt-series'] }),
  });
}

/** Ends a series at the version last seen. */
export function useEndSeries() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (series: ReceiptSeries) =>
      intent.run(series.id, (key) =>
        unwrap(
          api.POST('/api/v1/receipt-series/{id}/endings', {
            params: {
              path: { id: series.id },
              header: { 'If-Match': etag(series.version), 'Idempotency-Key': key },
            },
          }),
        ),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['receipt-series'] }),
  });
}
