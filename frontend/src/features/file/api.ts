import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';

export const filesQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'files'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/dossiers/{id}/files', { params: { path: { id } }, signal })),
  });

/** A file as it was handed in. Every look is recorded, so it is never fetched unasked. */
export const fileContent = (id: string, file: string) =>
  api.GET('/api/v1/dossiers/{id}/files/{file_id}/content', {
    params: { path: { id, file_id: file } },
    parseAs: 'blob',
  });

/** What a file's signatures say now. The look is recorded, so it is never asked for unasked. */
export const fileSignatures = (id: string, file: string) =>
  unwrap(
    api.GET('/api/v1/dossiers/{id}/files/{file_id}/signatures', {
      params: { path: { id, file_id: file } },
    }),
  );

export function useWithdrawFile(id: string) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ file, reason }: { file: string; reason: string }) =>
      intent.run({ file, reason }, (key) =>
        unwrap(
          api.POST('/api/v1/dossiers/{id}/files/{file_id}/withdrawals', {
            params: { path: { id, file_id: file }, header: { 'Idempotency-Key': key } },
            body: { reason },
          }),
        ),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['dossier', id] }),
  });
}
