import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import type { IndexSnapshot, NewIndexSnapshot } from '@/shared/api/types';

/** Snapshots, newest first. */
export const snapshotsQuery = (cursor?: string, limit = 20) =>
  queryOptions({
    queryKey: ['indices', 'snapshots', cursor, limit],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/index-snapshots', { params: { query: { limit, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

export const snapshotQuery = (id: string) =>
  queryOptions({
    queryKey: ['indices', 'snapshot', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/index-snapshots/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
  });

export const officerResultsQuery = (id: string, cursor?: string) =>
  queryOptions({
    queryKey: ['indices', 'officers', id, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/index-snapshots/{id}/officer-results', {
          params: { path: { id }, query: { limit: 20, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** What a figure was worked out of. */
export const behindQuery = (id: string, line: string, cursor?: string) =>
  queryOptions({
    queryKey: ['indices', 'behind', id, line, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/index-snapshots/{id}/lines/{line_id}/dossiers', {
          params: { path: { id, line_id: line }, query: { limit: 50, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** One's own results, and nobody else's. */
export const ownResultsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['indices', 'own', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/me/index-results', { params: { query: { limit: 8, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What is held against what; an absent authority is the centre. */
export interface Pair {
  authority?: string;
  snapshot: string;
  other?: string;
}

export const comparisonQuery = (id: string, pair: Pair) =>
  queryOptions({
    queryKey: ['indices', 'comparison', id, pair],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/index-snapshots/{id}/comparisons', {
          params: {
            path: { id },
            query: {
              authority_id: pair.authority,
              with_snapshot_id: pair.snapshot,
              with_authority_id: pair.other,
            },
          },
          signal,
        }),
      ),
  });

export const snapshotWorkbook = (id: string) =>
  api.GET('/api/v1/index-snapshots/{id}/workbook.xlsx', { params: { path: { id } }, parseAs: 'blob' });

/** Works a quarter out once, however often it is pressed. */
export function useMake() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewIndexSnapshot) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/index-snapshots', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    // Not waited for: the form begins anew from the newest version once the list knows of it, and what
    // its own call was to do next would be lost with it.
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['indices'] }),
  });
}

/** Freezes what was seen. */
export function useFreeze() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ snapshot }: IndexSnapshot) =>
      intent.run(snapshot.id, (key) =>
        unwrap(
          api.POST('/api/v1/index-snapshots/{id}/freezes', {
            params: {
              path: { id: snapshot.id },
              header: { 'If-Match': etag(snapshot.version), 'Idempotency-Key': key },
            },
          }),
        ),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['indices'] }),
  });
}
