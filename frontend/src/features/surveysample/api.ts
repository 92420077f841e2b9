import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type { NewSurveyOutcome, NewSurveySample } from '@/shared/api/types';
import type { UnitState } from './words';

/** A page of samples, the last drawn first. */
export const samplesQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['survey-samples', 'page', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/survey-samples', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

/** One sample with how far its asking is. */
export const sampleQuery = (id: string) =>
  queryOptions({
    queryKey: ['survey-samples', id, 'whole'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/survey-samples/{id}', { params: { path: { id } }, signal })),
  });

/** A page of those whom it names, in the order of the draw. */
export const unitsQuery = (id: string, state?: UnitState, cursor?: string) =>
  queryOptions({
    queryKey: ['survey-samples', id, 'units', state, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/survey-samples/{id}/units', {
          params: { path: { id }, query: { limit: 50, state, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** All who are still to be asked, for a list on paper. */
export const waitingUnitsQuery = (id: string) =>
  queryOptions({
    queryKey: ['survey-samples', id, 'waiting'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/survey-samples/{id}/units', {
            params: { path: { id }, query: { limit: WHOLE_PAGE, state: 'waiting', cursor } },
            signal,
          }),
        ),
      ),
  });

/** What a sample's people are asked. */
export const questionnaireOfSampleQuery = (id?: string) =>
  queryOptions({
    queryKey: ['questionnaires', 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/questionnaires/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
  });

/** Draws a sample. */
export function useDraw() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewSurveySample) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/survey-samples', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['survey-samples'] }),
  });
}

/** Says what came of asking somebody. What was answered is not kept in this tab. */
export function useOutcome(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ place, body }: { place: number; body: NewSurveyOutcome }) =>
      unwrap(
        api.POST('/api/v1/survey-samples/{id}/units/{place}/outcomes', {
          params: { path: { id, place } },
          body,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['survey-samples', id] }),
    gcTime: 0,
  });
}
