import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { download } from '@/shared/api/download';
import { useIntent } from '@/shared/api/intent';
import type { CertificationKind, NewCertification } from '@/shared/api/types';

/** What stands in the address of the book's page; what is absent is chosen by the page. */
export interface BookSearch {
  kind?: 'signature';
  authority?: string;
  year?: number;
  q?: string;
  cursor?: string;
}

export interface Book {
  kind: CertificationKind;
  authority_id: string;
  year: number;
}

export const bookQuery = (book: Book, q?: string, cursor?: string) =>
  queryOptions({
    queryKey: ['certifications', book, q, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/certifications', { params: { query: { ...book, q, limit: 50, cursor } }, signal }),
      ),
    placeholderData: keepPreviousData,
    enabled: book.authority_id !== '',
  });

/** What these papers cost today. */
export const feeQuery = (
  kind: CertificationKind,
  items: { original_pages: number; copies: number }[] | null,
) =>
  queryOptions({
    queryKey: ['certification-fee', kind, items],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/certifications/fees', { body: { kind, items: items ?? [] }, signal })),
    placeholderData: keepPreviousData,
    enabled: items !== null,
  });

export function useCertify() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewCertification) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/certifications', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['certifications'] });
      void queries.invalidateQueries({ queryKey: ['dossiers'] });
    },
    gcTime: 0,
  });
}

/** Fetches a whole book as a sheet. */
export function useBookExport() {
  return useMutation({
    mutationFn: async (book: Book) => {
      let headers = new Headers();
      const file = await unwrap(
        api
          .GET('/api/v1/certification-export', { params: { query: book }, parseAs: 'blob' })
          .then((answer) => {
            headers = answer.response.headers;
            return answer;
          }),
      );
      return download(file, headers, `so-chung-thuc-${book.year}.csv`);
    },
  });
}
