import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { asProblem } from '@/shared/api/problem';
import type { Dossier, NewAssessment } from '@/shared/api/types';

export const feesQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'fees'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/dossiers/{id}/fees', { params: { path: { id } }, signal })),
  });

/** Works out what a case like this dossier costs; nothing is kept. */
export function usePreview(dossier: Dossier, on: string) {
  return useMutation({
    mutationFn: (wanted: NewAssessment) =>
      unwrap(
        api.POST('/api/v1/fees/assess', {
          body: {
            procedure_code: dossier.procedure.code,
            channel: dossier.channel,
            on,
            case: wanted,
          },
        }),
      ),
    gcTime: 0,
  });
}

/** Keeps what a dossier costs. */
export function useAssess(dossier: Dossier) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewAssessment) =>
      intent.run({ id: dossier.id, body }, (key) =>
        unwrap(
          api.POST('/api/v1/dossiers/{id}/assessments', {
            params: {
              path: { id: dossier.id },
              header: { 'If-Match': etag(dossier.version), 'Idempotency-Key': key },
            },
            body,
          }),
        ),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['dossiers'] });
      void queries.invalidateQueries({ queryKey: ['dossier', dossier.id] });
    },
    onError: (error) => {
      if (asProblem(error).stale) void queries.invalidateQueries({ queryKey: ['dossier', dossier.id] });
    },
  });
}
