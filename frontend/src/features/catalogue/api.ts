import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';

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

export const proceduresQuery = (q: string, limit = 100) =>
  queryOptions({
    queryKey: ['procedures', q, limit],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/procedures', { params: { query: { q: q || undefined, limit } }, signal })),
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
      unwrap(
        api.GET('/api/v1/public/procedures', {
          params: { query: { q: q || undefined, limit: 100 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const publicProcedureQuery = (code: string) =>
  queryOptions({
    queryKey: ['public-procedure', code],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/public/procedures/{code}', { params: { path: { code } }, signal })),
  });
