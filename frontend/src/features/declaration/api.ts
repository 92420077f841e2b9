import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import type {
  Declaration,
  NewDeclaration,
  NewDeclarationSignature,
  NewDeclarationValues,
} from '@/shared/api/types';
import type { DeclarationSearch } from './words';

const FORMS = ['declaration-forms'] as const;
const LIST = ['declarations'] as const;

/** The forms that can be filled in: they come with the program, so they are asked for once. */
export const formsQuery = () =>
  queryOptions({
    queryKey: [...FORMS, 'all'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/declaration-forms', { signal })),
    staleTime: Infinity,
  });

export const formQuery = (code: string) =>
  queryOptions({
    queryKey: [...FORMS, code],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/declaration-forms/{code}', { params: { path: { code } }, signal })),
    staleTime: Infinity,
  });

export const declarationsQuery = ({ dossier, state, cursor }: DeclarationSearch) =>
  queryOptions({
    queryKey: [...LIST, { dossier, state, cursor }],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/declarations', {
          params: { query: { dossier_id: dossier, state, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** One with all that is written in it. Nothing of it stays in memory once its page is left. */
export const declarationQuery = (id: string) =>
  queryOptions({
    queryKey: ['declaration', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/declarations/{id}', { params: { path: { id } }, signal })),
    gcTime: 0,
  });

/** Begins one; with the text of a card what that says is filled in at once. */
export function useStartDeclaration() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewDeclaration) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/declarations', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: LIST }),
    gcTime: 0,
  });
}

export function useDropDeclaration(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      unwrap(
        api.DELETE('/api/v1/declarations/{id}', {
          params: { path: { id }, header: { 'If-Match': etag(version) } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: LIST }),
  });
}

/** What is done with one declaration, each at the version last seen. */
export function useDeclarationActs(id: string) {
  const intent = useIntent();
  const at = (version: number, key: string) => ({
    path: { id },
    header: { 'If-Match': etag(version), 'Idempotency-Key': key },
  });
  return {
    change: (version: number, values: NewDeclarationValues['values'], by: NewDeclarationValues['by']) =>
      unwrap(
        api.PATCH('/api/v1/declarations/{id}', {
          params: { path: { id }, header: { 'If-Match': etag(version) } },
          body: { values, by },
        }),
      ),
    readCard: (version: number, party: string, text: string) =>
      intent.run({ version, party, text }, (key) =>
        unwrap(
          api.POST('/api/v1/declarations/{id}/cards', {
            params: at(version, key),
            body: { party, text },
          }),
        ),
      ),
    takeEarlier: (version: number, party: string) =>
      intent.run({ version, party }, (key) =>
        unwrap(api.POST('/api/v1/declarations/{id}/earlier', { params: at(version, key), body: { party } })),
      ),
    readBack: (version: number) =>
      intent.run({ version }, (key) =>
        unwrap(api.POST('/api/v1/declarations/{id}/read-back', { params: at(version, key) })),
      ),
    sign: (version: number, body: NewDeclarationSignature): Promise<Declaration> =>
      intent.run({ version, body }, (key) =>
        unwrap(api.POST('/api/v1/declarations/{id}/signature', { params: at(version, key), body })),
      ),
  };
}

/** The declaration as it is printed: a draft says that it is one. */
export const paperDocument = (id: string) =>
  api.GET('/api/v1/declarations/{id}/paper', { params: { path: { id } }, parseAs: 'blob' });
