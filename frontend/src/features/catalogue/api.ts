import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';

const HOUR = 3_600_000;

export const authoritiesQuery = () =>
  queryOptions({
    queryKey: ['authorities'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/authorities', { signal })),
    staleTime: HOUR,
  });

export const signersQuery = (authorityId: string) =>
  queryOptions({
    queryKey: ['signers', authorityId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/authorities/{id}/signers', { params: { path: { id: authorityId } }, signal })),
    enabled: authorityId !== '',
  });

/** The best found of a search, for choosing one. */
export const proceduresQuery = (q: string, limit = 100) =>
  queryOptions({
    queryKey: ['procedures', q, limit],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/procedures', { params: { query: { q: q || undefined, limit } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: HOUR,
  });

/** All that is found, for a list that must not leave any out. */
export const allProceduresQuery = (q: string) =>
  queryOptions({
    queryKey: ['procedures', q, 'all'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/procedures', {
            params: { query: { q: q || undefined, limit: WHOLE_PAGE, cursor } },
            signal,
          }),
        ),
      ),
    placeholderData: keepPreviousData,
    staleTime: HOUR,
  });

export const procedureQuery = (code: string) =>
  queryOptions({
    queryKey: ['procedure', code],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/procedures/{code}', { params: { path: { code } }, signal })),
    enabled: code !== '',
    staleTime: HOUR,
  });

export const publicProceduresQuery = (q: string) =>
  queryOptions({
    queryKey: ['public-procedures', q],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/public/procedures', {
            params: { query: { q: q || undefined, limit: WHOLE_PAGE, cursor } },
            signal,
          }),
        ),
      ),
    placeholderData: keepPreviousData,
  });

export const publicProcedureQuery = (code: string) =>
  queryOptions({
    queryKey: ['public-procedure', code],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/public/procedures/{code}', { params: { path: { code } }, signal })),
  });

/** What was read of the catalogue holds for an hour; after a change of it, nothing of that does. */
export const forgetCatalogue = (queries: QueryClient) =>
  Promise.all(
    [
      'procedures',
      'procedure',
      'procedure-versions',
      'public-procedures',
      'public-procedure',
      'figures-to-check',
      'drafts',
    ].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
