import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS, usePolling } from '@/shared/api/live';
import { asProblem } from '@/shared/api/problem';
import type { CountFilter, Dossier, DossierFilter, NewAmendment, NewDossier } from '@/shared/api/types';
import { send, type DossierCommand, type Target } from './commands';

export const dossiersQuery = (filter: DossierFilter) =>
  queryOptions({
    queryKey: ['dossiers', filter],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/dossiers', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });

/** One page of a list, kept fresh where no live events come. */
export function useDossierPage(filter: DossierFilter) {
  // What is watched enters and leaves a list by time alone, and nothing is pushed for it.
  const byTime = filter.concern ? TICK_MS : false;
  return useQuery({ ...dossiersQuery(filter), refetchInterval: usePolling() || byTime });
}

/** How many a list has, kept fresh as its page is. */
export function useDossierCounts(filter: CountFilter) {
  return useQuery({
    queryKey: ['dossiers', 'counts', filter],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/dossier-counts', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: usePolling(),
  });
}

/** Letters of apology that wait to be signed, those first that must be soonest. */
export const apologiesQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['dossiers', 'apologies', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/apologies', { params: { query: { limit: 20, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/dossiers/{id}', { params: { path: { id } }, signal })),
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'timeline'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/dossiers/{id}/timeline', {
          params: { path: { id }, query: { limit: 100 } },
          signal,
        }),
      ),
  });

/** Whole identity numbers and phones. Every call is written into the audit record, so it is never made unasked. */
export const personalDataQuery = (id: string) =>
  queryOptions({
    queryKey: ['personal-data', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/dossiers/{id}/personal-data', { params: { path: { id } }, signal })),
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });

/** Who looked at the personal data, newest first; read anew each time, since looking is what changes it. */
export const personalDataViewsQuery = (id: string, cursor?: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'views', cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/dossiers/{id}/personal-data-views', {
          params: { path: { id }, query: { limit: 50, cursor } },
          signal,
        }),
      ),
    staleTime: 0,
  });

/** The slip given out last, or the one with this number. */
export const slipQuery = (id: string, number?: number) =>
  queryOptions({
    queryKey: ['dossier', id, 'slip', number ?? 'newest'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/dossiers/{id}/reception-slip', {
          params: { path: { id }, query: { number } },
          signal,
        }),
      ),
  });

/** The slip as the document that is printed and kept, with the copy of the office if wanted. */
export const slipDocument = (id: string, both: boolean, number?: number) =>
  api.GET('/api/v1/dossiers/{id}/reception-slip/document.pdf', {
    params: { path: { id }, query: { number, both } },
    parseAs: 'blob',
  });

/** A numbered paper as the document that was issued. Every look is recorded, so it is never fetched unasked. */
export const letterDocument = (id: string, letterId: string) =>
  api.GET('/api/v1/dossiers/{id}/letters/{letter_id}/document.pdf', {
    params: { path: { id, letter_id: letterId } },
    parseAs: 'blob',
  });

/** What is signed for a result that was handed back. Every look is recorded, so it is never fetched unasked. */
export const returnReceiptDocument = (id: string) =>
  api.GET('/api/v1/dossiers/{id}/return-receipt/document.pdf', {
    params: { path: { id } },
    parseAs: 'blob',
  });

/** The mark by which anybody checks a result, on a label for the paper. */
export const resultMarkDocument = (id: string) =>
  api.GET('/api/v1/dossiers/{id}/result-mark/document.pdf', { params: { path: { id } }, parseAs: 'blob' });

/** Form 06 as it stands now: every time the dossier went from one desk to another. */
export const controlSlipDocument = (id: string) =>
  api.GET('/api/v1/dossiers/{id}/control-slip/document.pdf', { params: { path: { id } }, parseAs: 'blob' });

/** Everything that was done with the dossier as it stands now: when, what, and by whom. */
export const historyDocument = (id: string) =>
  api.GET('/api/v1/dossiers/{id}/history/document.pdf', { params: { path: { id } }, parseAs: 'blob' });

function remember(queries: QueryClient, dossier: Dossier) {
  queries.setQueryData(dossierQuery(dossier.id).queryKey, dossier);
  void queries.invalidateQueries({ queryKey: ['dossiers'] });
  void queries.invalidateQueries({ queryKey: ['watch'] });
  void queries.invalidateQueries({ queryKey: ['dossier', dossier.id] });
}

/** Carries out commands on one dossier at the version last seen; a stale version makes everything be read again. */
export function useDossierAction(target: Target) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (command: DossierCommand) =>
      intent.run({ id: target.id, command }, (key) => send(target, command, key)),
    onSuccess: (dossier) => remember(queries, dossier),
    onError: (error) => {
      const { stale, status } = asProblem(error);
      if (stale || status === 409) void queries.invalidateQueries({ queryKey: ['dossier', target.id] });
    },
  });
}

/** Puts names and numbers right. Whoever was shown whole before is asked for anew. */
export function useAmendment(target: Target) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewAmendment) =>
      intent.run({ id: target.id, body }, (key) =>
        unwrap(
          api.POST('/api/v1/dossiers/{id}/amendments', {
            params: {
              path: { id: target.id },
              header: { 'If-Match': etag(target.version), 'Idempotency-Key': key },
            },
            body,
          }),
        ),
      ),
    onSuccess: (dossier) => {
      queries.removeQueries({ queryKey: ['personal-data', dossier.id] });
      remember(queries, dossier);
    },
    onError: (error) => {
      if (asProblem(error).stale) void queries.invalidateQueries({ queryKey: ['dossier', target.id] });
    },
  });
}

export function useIntake() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewDossier) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/dossiers', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: (dossier) => remember(queries, dossier),
  });
}
