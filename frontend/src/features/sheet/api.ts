import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS } from '@/shared/api/live';
import type { NewTreasuryTransfer, TreasuryTransfer } from '@/shared/api/types';
import type { Days } from './words';

/** What each authority within one's reach collected in some days, and how much of it without cash. */
export function useShares({ from, to }: Days) {
  return useQuery({
    queryKey: ['collection-sheet', 'shares', from, to],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/collection-shares', { params: { query: { from, to } }, signal })),
    refetchInterval: TICK_MS,
  });
}

/** The sheet of an authority, day by day. */
export function useSheet(authority: string | undefined, { from, to }: Days) {
  return useQuery({
    queryKey: ['collection-sheet', authority, from, to],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/collection-sheet', {
          params: { query: { authority_id: authority ?? '', from, to } },
          signal,
        }),
      ),
    refetchInterval: TICK_MS,
    enabled: authority !== undefined,
  });
}

/** The sheet as a document to be signed. */
export const sheetDocument = (authority: string, { from, to }: Days) =>
  api.GET('/api/v1/collection-sheet/document.pdf', {
    params: { query: { authority_id: authority, from, to } },
    parseAs: 'blob',
  });

/** The sheet as a workbook. */
export const sheetWorkbook = (authority: string, { from, to }: Days) =>
  api.GET('/api/v1/collection-sheet/workbook.xlsx', {
    params: { query: { authority_id: authority, from, to } },
    parseAs: 'blob',
  });

/** Where the money of an authority's last months stands, the last first. */
export function useMonths(authority: string) {
  return useQuery({
    queryKey: ['treasury', 'months', authority],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/treasury-months', { params: { query: { authority_id: authority } }, signal })),
    refetchInterval: TICK_MS,
  });
}

/** What of an authority's money went on to the State Treasury, the last entered first. */
export function useTransfers(authority: string, cursor?: string) {
  return useQuery({
    queryKey: ['treasury', 'transfers', authority, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/treasury-transfers', {
          params: { query: { limit: 25, authority_id: authority, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** After money went on, or did not: the months, the transfers, and the sheets that tell of them. */
function useSettled() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [['treasury'], ['collection-sheet']].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
}

/** Enters what the bank has passed on. */
export function useEnterTransfer() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewTreasuryTransfer) =>
      intent.run(body, (key) =>
        unwrap(
          api.POST('/api/v1/treasury-transfers', { params: { header: { 'Idempotency-Key': key } }, body }),
        ),
      ),
    onSettled: settled,
  });
}

/** Takes back what was entered wrongly, at the version last seen. */
export function useUndoTransfer() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ transfer, reason }: { transfer: TreasuryTransfer; reason: string }) =>
      intent.run({ id: transfer.id, reason }, (key) =>
        unwrap(
          api.POST('/api/v1/treasury-transfers/{id}/reversals', {
            params: {
              path: { id: transfer.id },
              header: { 'If-Match': etag(transfer.version), 'Idempotency-Key': key },
            },
            body: { reason },
          }),
        ),
      ),
    onSettled: settled,
  });
}
