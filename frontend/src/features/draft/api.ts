import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { forgetCatalogue } from '@/features/catalogue/api';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { asProblem } from '@/shared/api/problem';
import type { NewEnding } from '@/shared/api/types';
import { localDate } from '@/shared/ui/format';
import { nextVersion } from './start';
import type { Draft, ProcedureData } from './types';

export const draftsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['drafts', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/procedure-drafts', { params: { query: { limit: 50, cursor } }, signal })),
  });

/** Read when the editor opens and never behind the back of who is typing. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['draft', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/procedure-drafts/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
    gcTime: 0,
  });

/** Far more than a procedure is ever given; the newest come first. */
const MOST_VERSIONS = 100;

export const versionsQuery = (code: string) =>
  queryOptions({
    queryKey: ['procedure-versions', code],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/procedures/{code}/versions', {
          params: { path: { code }, query: { limit: MOST_VERSIONS } },
          signal,
        }),
      ),
  });

/** A published version is never changed. */
export const versionQuery = (code: string, version: number) =>
  queryOptions({
    queryKey: ['procedure-version', code, version],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/procedures/{code}/versions/{version}', {
          params: { path: { code, version } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });

export const comparisonQuery = (code: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['procedure-comparison', code, from, to],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/procedures/{code}/comparison', {
          params: { path: { code }, query: { from, to } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });

/** Where the draft is that stands in the way of another. */
const draftInTheWay = (error: unknown): string | null => {
  const { code, members } = asProblem(error);
  return code === 'draft_exists' && typeof members.draft_id === 'string' ? members.draft_id : null;
};

/** Begins a draft of the next version and tells its id, or that of the one which is there already. */
export function useBeginDraft() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: async (code: string) => {
      const versions = await queries.fetchQuery({ ...versionsQuery(code), staleTime: 0 });
      const newest = versions.items[0]?.version ?? 0;
      const { procedure } = await queries.fetchQuery(versionQuery(code, newest));
      const body = { base_version: newest, procedure: nextVersion(procedure, localDate(new Date())) };
      try {
        return (await intent.run(body, (key) => postDraft(key, body))).id;
      } catch (error) {
        const there = draftInTheWay(error);
        if (there === null) throw error;
        return there;
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['drafts'] }),
  });
}

const postDraft = (key: string, body: { base_version: number; procedure: ProcedureData }) =>
  unwrap(api.POST('/api/v1/procedure-drafts', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Begins a draft of a procedure that is new here. */
export function useBeginNew() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (procedure: ProcedureData) => {
      const body = { base_version: 0, procedure };
      return intent.run(body, (key) => postDraft(key, body));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['drafts'] }),
  });
}

export function useSaveDraft(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: { version: number; base_version: number; procedure: ProcedureData }) =>
      unwrap(
        api.PUT('/api/v1/procedure-drafts/{id}', {
          params: { path: { id }, header: { 'If-Match': etag(what.version) } },
          body: { base_version: what.base_version, procedure: what.procedure },
        }),
      ),
    onSuccess: (draft) => {
      queries.setQueryData(draftQuery(id).queryKey, draft);
      return queries.invalidateQueries({ queryKey: ['drafts'] });
    },
  });
}

export function usePublish(id: string) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (draft: Draft) =>
      intent.run(draft.version, (key) =>
        unwrap(
          api.POST('/api/v1/procedure-drafts/{id}/publications', {
            params: {
              path: { id },
              header: { 'If-Match': etag(draft.version), 'Idempotency-Key': key },
            },
          }),
        ),
      ),
    onSuccess: () => forgetCatalogue(queries),
  });
}

export function useDiscard(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      unwrap(
        api.DELETE('/api/v1/procedure-drafts/{id}', {
          params: { path: { id }, header: { 'If-Match': etag(version) } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['drafts'] }),
  });
}

/** Ends a procedure, if the version that holds is still the one that was read. */
export function useEndProcedure(code: string, version: number) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (ending: NewEnding) =>
      intent.run(ending, (key) =>
        unwrap(
          api.POST('/api/v1/procedures/{code}/endings', {
            params: { path: { code }, header: { 'If-Match': etag(version), 'Idempotency-Key': key } },
            body: ending,
          }),
        ),
      ),
    onSuccess: () => forgetCatalogue(queries),
    onError: (error) => {
      if (asProblem(error).stale) void forgetCatalogue(queries);
    },
  });
}
