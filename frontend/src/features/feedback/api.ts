import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import type {
  NewComplaintAcceptance,
  NewDenunciation,
  NewFeedback,
  NewFeedbackAnswer,
  NewFeedbackExtension,
  NewFiling,
  NewForwarding,
  NewObstacle,
  NewPublication,
} from '@/shared/api/types';
import { filterOf, type FeedbackSearch, type ObstacleState } from './words';

export const feedbackListQuery = (search: FeedbackSearch) =>
  queryOptions({
    queryKey: ['feedback', 'list', search],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/feedback', { params: { query: filterOf(search) }, signal })),
    placeholderData: keepPreviousData,
  });

export const feedbackQuery = (id: string) =>
  queryOptions({
    queryKey: ['feedback', 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/feedback/{id}', { params: { path: { id } }, signal })),
  });

interface Header {
  'Idempotency-Key': string;
}

/** Records something once, however often it is pressed; what was typed stays no longer than its form. */
function useRecord<B, T>(key: string, send: (body: B, header: Header) => Promise<T>) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: B) => intent.run(body, (k) => send(body, { 'Idempotency-Key': k })),
    onSettled: () => queries.invalidateQueries({ queryKey: [key] }),
    gcTime: 0,
  });
}

export const useReceiveFeedback = () =>
  useRecord('feedback', (body: NewFeedback, header) =>
    unwrap(api.POST('/api/v1/feedback', { params: { header }, body })),
  );

/** What is done with one item. */
export type Doing =
  | { do: 'forward'; body: NewForwarding }
  | { do: 'accept'; body: NewComplaintAcceptance }
  | { do: 'extend'; body: NewFeedbackExtension }
  | { do: 'answer'; body: NewFeedbackAnswer }
  | { do: 'publish'; body: NewPublication };

export function useActOnFeedback(id: string, version: number) {
  return useRecord('feedback', (doing: Doing, key) => {
    const params = { path: { id }, header: { ...key, 'If-Match': etag(version) } };
    switch (doing.do) {
      case 'forward':
        return unwrap(api.POST('/api/v1/feedback/{id}/forwardings', { params, body: doing.body }));
      case 'accept':
        return unwrap(api.POST('/api/v1/feedback/{id}/acceptances', { params, body: doing.body }));
      case 'extend':
        return unwrap(api.POST('/api/v1/feedback/{id}/extensions', { params, body: doing.body }));
      case 'answer':
        return unwrap(api.POST('/api/v1/feedback/{id}/answers', { params, body: doing.body }));
      case 'publish':
        return unwrap(api.POST('/api/v1/feedback/{id}/publications', { params, body: doing.body }));
    }
  });
}

/** Who filed it: asked for by pressing, each time on record, and not kept. */
export const useFiler = (id: string) =>
  useMutation({
    mutationFn: () => unwrap(api.GET('/api/v1/feedback/{id}/personal-data', { params: { path: { id } } })),
    gcTime: 0,
  });

export const publishedQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['published-feedback', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/public/feedback', { params: { query: { limit: 20, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

export const useFile = () =>
  useRecord('published-feedback', (body: NewFiling, header) =>
    unwrap(api.POST('/api/v1/public/feedback', { params: { header }, body })),
  );

export const useFiledLookup = () =>
  useMutation({
    mutationFn: (body: { code: string; secret: string }) =>
      unwrap(api.POST('/api/v1/public/feedback-lookups', { body })),
    gcTime: 0,
  });

export const useRate = () =>
  useMutation({
    mutationFn: (body: { code: string; secret: string; satisfaction: number }) =>
      unwrap(api.POST('/api/v1/public/feedback-satisfaction', { body })),
    gcTime: 0,
  });

/** Each look is recorded: it is read when the page is opened and not by itself again. */
const onlyWhenOpened = {
  staleTime: Infinity,
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

export const denunciationsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['denunciations', 'list', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/denunciations', { params: { query: { limit: 20, cursor } }, signal })),
    ...onlyWhenOpened,
  });

export const denunciationQuery = (id: string) =>
  queryOptions({
    queryKey: ['denunciations', 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/denunciations/{id}', { params: { path: { id } }, signal })),
    ...onlyWhenOpened,
  });

export const useReceiveDenunciation = () =>
  useRecord('denunciations', (body: NewDenunciation, header) =>
    unwrap(api.POST('/api/v1/denunciations', { params: { header }, body })),
  );

export type DenunciationDoing =
  | { do: 'forward'; to: string }
  | { do: 'accept'; accepted: boolean; reason?: string }
  | { do: 'conclude'; notice: string };

export function useActOnDenunciation(id: string, version: number) {
  return useRecord('denunciations', (doing: DenunciationDoing, key) => {
    const params = { path: { id }, header: { ...key, 'If-Match': etag(version) } };
    switch (doing.do) {
      case 'forward':
        return unwrap(api.POST('/api/v1/denunciations/{id}/forwardings', { params, body: { to: doing.to } }));
      case 'accept':
        return unwrap(
          api.POST('/api/v1/denunciations/{id}/acceptances', {
            params,
            body: { accepted: doing.accepted, reason: doing.reason },
          }),
        );
      case 'conclude':
        return unwrap(
          api.POST('/api/v1/denunciations/{id}/conclusions', { params, body: { notice: doing.notice } }),
        );
    }
  });
}

export const appointmentsQuery = () =>
  queryOptions({
    queryKey: ['denunciation-appointments'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/denunciation-appointments', { signal })),
  });

export const useAppoint = () =>
  useRecord('denunciation-appointments', (user: string, header) =>
    unwrap(api.POST('/api/v1/denunciation-appointments', { params: { header }, body: { user_id: user } })),
  );

export const useEndAppointment = () =>
  useRecord('denunciation-appointments', (id: string, header) =>
    unwrap(api.POST('/api/v1/denunciation-appointments/{id}/endings', { params: { path: { id }, header } })),
  );

export const obstaclesQuery = (state?: ObstacleState, cursor?: string) =>
  queryOptions({
    queryKey: ['obstacles', 'list', state, cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/obstacles', { params: { query: { limit: 20, state, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

export const obstacleQuery = (id: string) =>
  queryOptions({
    queryKey: ['obstacles', 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/obstacles/{id}', { params: { path: { id } }, signal })),
  });

export const useRaise = () =>
  useRecord('obstacles', (body: NewObstacle, header) =>
    unwrap(api.POST('/api/v1/obstacles', { params: { header }, body })),
  );

export function useActOnObstacle(id: string, version: number) {
  return useRecord('obstacles', (doing: { to: string } | { solution: string }, key) => {
    const params = { path: { id }, header: { ...key, 'If-Match': etag(version) } };
    return 'to' in doing
      ? unwrap(api.POST('/api/v1/obstacles/{id}/forwardings', { params, body: doing }))
      : unwrap(api.POST('/api/v1/obstacles/{id}/solutions', { params, body: doing }));
  });
}
