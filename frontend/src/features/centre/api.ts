import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { toProblem } from '@/shared/api/problem';
import { authorisedFetch } from '@/shared/api/session';
import type {
  Centre,
  CentreDetails,
  NewCounter,
  NewPoint,
  NewServed,
  Organisation,
} from '@/shared/api/types';
import { addressOf, toBase64 } from './picture';

const HOUR = 3_600_000;

export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: ['organisation', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/centres/{id}/organisation', { params: { path: { id } }, signal })),
    enabled: id !== '',
  });

/** Where anyone can go, and under which mark. */
export const publicCentresQuery = () =>
  queryOptions({
    queryKey: ['public-centres'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/public/centres', { signal })),
    staleTime: HOUR,
  });

/**
 * A centre's mark, ready to be shown. Another one stands at the same address, and browsers keep a picture for minutes:
 * so it is not left to them.
 */
export const markQuery = (address?: string | null) =>
  queryOptions({
    queryKey: ['mark', address],
    queryFn: async ({ signal }) => {
      const answer = await authorisedFetch(new Request(address ?? '', { cache: 'no-cache', signal }));
      if (!answer.ok) throw toProblem(answer.status, null);
      return addressOf(toBase64(new Uint8Array(await answer.arrayBuffer())));
    },
    enabled: Boolean(address),
    staleTime: HOUR,
  });

/** A mark in place of the one before; none: the program's own again. */
export function useChangeLogo() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, image }: { id: string; image: string | null }) => {
      const params = { path: { id } };
      return image === null
        ? unwrap(api.DELETE('/api/v1/centres/{id}/logo', { params }))
        : unwrap(api.PUT('/api/v1/centres/{id}/logo', { params, body: { image } }));
    },
    onSuccess: async (_, { image }) => {
      await queries.invalidateQueries({ queryKey: ['public-centres'] });
      if (image === null) queries.removeQueries({ queryKey: ['mark'] });
      else await queries.invalidateQueries({ queryKey: ['mark'] });
    },
    gcTime: 0,
  });
}

/** What a centre is called and where it is found, at the version last seen. */
export function useChangeDetails() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ centre, body }: { centre: Centre; body: CentreDetails }) =>
      unwrap(
        api.PUT('/api/v1/centres/{id}/details', {
          params: { path: { id: centre.id }, header: { 'If-Match': etag(centre.version) } },
          body,
        }),
      ),
    onSuccess: (centre) =>
      queries.setQueryData(organisationQuery(centre.id).queryKey, (known) => known && { ...known, centre }),
    onSettled: (_, __, { centre }) => {
      void queries.invalidateQueries({ queryKey: ['centres'] });
      void queries.invalidateQueries({ queryKey: ['public-centres'] });
      return queries.invalidateQueries({ queryKey: organisationQuery(centre.id).queryKey });
    },
  });
}

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
