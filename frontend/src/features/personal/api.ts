import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { download } from '@/shared/api/download';
import { useIntent } from '@/shared/api/intent';
import type { DataAnswer, NewDataRequest, NewRetentionRule } from '@/shared/api/types';

export const requestsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['data-requests', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/data-requests', { params: { query: { limit: 50, cursor } }, signal })),
  });

/** What was typed to receive a request must not stay in memory longer than its form. */
export function useReceive() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewDataRequest) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/data-requests', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['data-requests'] }),
    gcTime: 0,
  });
}

export function useAnswer() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: DataAnswer }) =>
      intent.run({ id, body }, (key) =>
        unwrap(
          api.POST('/api/v1/data-requests/{id}/answers', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body,
          }),
        ),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['data-requests'] }),
  });
}

/** Fetches everything about one person as a file; nothing of it stays here. */
export function useExportPerson() {
  return useMutation({
    mutationFn: async (id: string) => {
      let headers = new Headers();
      const file = await unwrap(
        api
          .GET('/api/v1/data-requests/{id}/export', { params: { path: { id } }, parseAs: 'blob' })
          .then((answer) => {
            headers = answer.response.headers;
            return answer;
          }),
      );
      return download(file, headers, 'du-lieu-ca-nhan.json');
    },
    gcTime: 0,
  });
}

export const rulesQuery = () =>
  queryOptions({
    queryKey: ['retention-rules'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/retention-rules', { signal })),
  });

export function useSetRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRetentionRule) => unwrap(api.PUT('/api/v1/retention-rules', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['retention-rules'] }),
  });
}

export const disposalsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['disposals', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/disposal-lists', { params: { query: { limit: 20, cursor } }, signal })),
  });

export const disposalQuery = (id: string) =>
  queryOptions({
    queryKey: ['disposals', 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/disposal-lists/{id}', { params: { path: { id } }, signal })),
  });

/** Proposes, approves or sends back; whatever was read of lists is read again. */
function useDisposal<V, T>(mutationFn: (what: V) => Promise<T>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queries.invalidateQueries({ queryKey: ['disposals'] }),
  });
}

export const usePropose = () => useDisposal(() => unwrap(api.POST('/api/v1/disposal-lists')));
export const useApprove = () =>
  useDisposal((id: string) =>
    unwrap(api.POST('/api/v1/disposal-lists/{id}/approvals', { params: { path: { id } } })),
  );
export const useReject = () =>
  useDisposal(({ id, reason }: { id: string; reason: string }) =>
    unwrap(
      api.POST('/api/v1/disposal-lists/{id}/rejections', { params: { path: { id } }, body: { reason } }),
    ),
  );

export const holdQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'hold'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/dossiers/{id}/legal-hold', { params: { path: { id } }, signal })),
  });

export function useHold(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ lift, reason }: { lift: boolean; reason: string }) => {
      const params = { path: { id } };
      return unwrap(
        lift
          ? api.POST('/api/v1/dossiers/{id}/legal-hold/liftings', { params, body: { reason } })
          : api.POST('/api/v1/dossiers/{id}/legal-hold', { params, body: { reason } }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['dossier', id, 'hold'] }),
  });
}
