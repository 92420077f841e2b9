import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import type { NewCounter, NewPoint, NewServed, Organisation } from '@/shared/api/types';

const HOUR = 3_600_000;

export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: ['organisation', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/centres/{id}/organisation', { params: { path: { id } }, signal })),
    enabled: id !== '',
  });

/** Where anyone can go. */
export const publicCentresQuery = () =>
  queryOptions({
    queryKey: ['public-centres'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/public/centres', { signal })),
    staleTime: HOUR,
  });

/** A change of the centre: every one is answered with the centre as it then stands. */
function useChange<B extends object>(send: (id: string, key: string, body: B) => Promise<Organisation>) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: B }) =>
      intent.run({ id, body }, (key) => send(id, key, body)),
    onSuccess: (told) => {
      queries.setQueryData(organisationQuery(told.centre.id).queryKey, told);
      void queries.invalidateQueries({ queryKey: ['authorities'] });
      void queries.invalidateQueries({ queryKey: ['public-centres'] });
    },
  });
}

export const useAddPoint = () =>
  useChange((id, key, body: NewPoint) =>
    unwrap(
      api.POST('/api/v1/centres/{id}/reception-points', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  );

export const useAddCounter = () =>
  useChange((id, key, body: NewCounter) =>
    unwrap(
      api.POST('/api/v1/centres/{id}/service-counters', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  );

export const useServe = () =>
  useChange((id, key, body: NewServed) =>
    unwrap(
      api.POST('/api/v1/centres/{id}/served-authorities', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  );

/** What can come to its end, and which one. */
export type Ending =
  { kind: 'point'; id: string } | { kind: 'counter'; id: string } | { kind: 'served'; id: string };

export const useEnd = () =>
  useChange((centre, key, body: { what: Ending; last_day: string }) => {
    const { what, last_day } = body;
    const header = { 'Idempotency-Key': key };
    if (what.kind === 'point')
      return unwrap(
        api.POST('/api/v1/reception-points/{id}/endings', {
          params: { path: { id: what.id }, header },
          body: { last_day },
        }),
      );
    if (what.kind === 'counter')
      return unwrap(
        api.POST('/api/v1/service-counters/{id}/endings', {
          params: { path: { id: what.id }, header },
          body: { last_day },
        }),
      );
    return unwrap(
      api.POST('/api/v1/centres/{id}/served-authorities/{authority_id}/endings', {
        params: { path: { id: centre, authority_id: what.id }, header },
        body: { last_day },
      }),
    );
  });
