import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import type { Numbers } from './numbers';

/** What stands in the address of the register's page; what is absent is chosen by the page. */
export interface RegisterSearch {
  authority?: string;
  year?: number;
  cursor?: string;
}

/** The register of an authority and a year. */
export interface Register {
  authority_id: string;
  year: number;
}

/** A page of a register, the greatest number first. What happens to dossiers shows in it, so it stands with their lists. */
export const registerQuery = (register: Register, cursor?: string) =>
  queryOptions({
    queryKey: ['dossiers', 'register', register, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/dossier-register', {
          params: { query: { ...register, limit: 50, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: register.authority_id !== '',
  });

/** Numbers of a register as a document to be signed and bound. That they are taken out is recorded. */
export const registerDocument = (register: Register, numbers: Numbers) =>
  api.GET('/api/v1/dossier-register/document.pdf', {
    params: { query: { ...register, ...numbers } },
    parseAs: 'blob',
  });

/** Numbers of a register as a workbook. */
export const registerWorkbook = (register: Register, numbers: Numbers) =>
  api.GET('/api/v1/dossier-register/workbook.xlsx', {
    params: { query: { ...register, ...numbers } },
    parseAs: 'blob',
  });
