import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { forgetCatalogue } from '@/features/catalogue/api';
import { api, etag, unwrap } from '@/shared/api/client';
import { download } from '@/shared/api/download';
import { useIntent } from '@/shared/api/intent';
import { asProblem } from '@/shared/api/problem';
import type { FileFormat, NewConfirmation } from '@/shared/api/types';
import type { ChosenFile } from './file';

export const figuresQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['figures-to-check', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/figures-to-check', { params: { query: { limit: 20, cursor } }, signal })),
  });

/** Only tries the file: nothing is changed. */
export function useTryImport() {
  return useMutation({
    mutationFn: ({ format, content }: ChosenFile) =>
      unwrap(api.POST('/api/v1/catalogue-imports', { body: { format, content, dry_run: true } })),
    gcTime: 0,
  });
}

export function useImport() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ format, content }: ChosenFile) =>
      intent.run({ format, content, dry_run: false }, (key) =>
        unwrap(
          api.POST('/api/v1/catalogue-imports', {
            params: { header: { 'Idempotency-Key': key } },
            body: { format, content, dry_run: false },
          }),
        ),
      ),
    onSuccess: () => forgetCatalogue(queries),
    gcTime: 0,
  });
}

/** Fetches the catalogue as a file. */
export function useExport() {
  return useMutation({
    mutationFn: async (format: FileFormat) => {
      let headers = new Headers();
      const file = await unwrap(
        api
          .GET('/api/v1/catalogue-export', { params: { query: { format } }, parseAs: 'blob' })
          .then((answer) => {
            headers = answer.response.headers;
            return answer;
          }),
      );
      return download(file, headers, `danh-muc-tthc.${format}`);
    },
  });
}

export interface Confirm {
  code: string;
  version: number;
  body: NewConfirmation;
}

/** Is done when the lists have been read again, so that the next figure is confirmed on the new version. */
export function useConfirm() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (figure: Confirm) =>
      intent.run(figure, (key) =>
        unwrap(
          api.POST('/api/v1/procedures/{code}/confirmations', {
            params: {
              path: { code: figure.code },
              header: { 'If-Match': etag(figure.version), 'Idempotency-Key': key },
            },
            body: figure.body,
          }),
        ),
      ),
    onSuccess: () => forgetCatalogue(queries),
    onError: (error) => (asProblem(error).stale ? forgetCatalogue(queries) : undefined),
  });
}

export function useAudit() {
  return useMutation({
    mutationFn: ({ format, content }: ChosenFile) =>
      unwrap(api.POST('/api/v1/listing-audits', { body: { format, content } })),
    gcTime: 0,
  });
}
