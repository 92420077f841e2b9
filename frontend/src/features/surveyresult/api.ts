import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type { SurveyRemark, SurveyScreening } from '@/shared/api/types';

/** Answers are kept when their week is over: what was read of them holds for a while. */
const STALE_MS = 60_000;

/** What is asked for: a questionnaire's answers of a quarter at a centre. */
export interface Asked {
  centre_id: string;
  questionnaire_id: string;
  quarter: string;
}

/** Which questionnaires of a centre were answered in a quarter. */
export const answeredQuery = (centre_id: string, quarter: string) =>
  queryOptions({
    queryKey: ['survey-results', 'answered', centre_id, quarter],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/public/survey-quarters', { params: { query: { centre_id, quarter } }, signal }),
      ),
    enabled: centre_id !== '',
    staleTime: STALE_MS,
  });

/** What was answered, as far as it may be shown. */
export const resultsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['survey-results', 'of', asked],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/public/survey-results', { params: { query: asked }, signal })),
    enabled: asked.centre_id !== '' && asked.questionnaire_id !== '',
    staleTime: STALE_MS,
  });

/** Every questionnaire of one's centre, the newest first, for its words. */
export const allQuestionnairesQuery = () =>
  queryOptions({
    queryKey: ['questionnaires', 'every'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/questionnaires', { params: { query: { limit: WHOLE_PAGE, cursor } }, signal }),
        ),
      ),
    staleTime: STALE_MS,
  });

/** What is counted about oneself. */
export const ownResultsQuery = (quarter: string) =>
  queryOptions({
    queryKey: ['survey-results', 'own', quarter],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/me/survey-results', { params: { query: { quarter } }, signal })),
  });

/** What is counted about every officer, for who answers for them. */
export const officerResultsQuery = (quarter: string) =>
  queryOptions({
    queryKey: ['survey-results', 'officers', quarter],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/survey-officer-results', { params: { query: { quarter } }, signal })),
  });

/** A page of what people wrote that the ward may read. */
export const openRemarksQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['survey-remarks', 'open', cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/survey-remarks', {
          params: { query: { state: 'open', limit: 25, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** The first of those that nobody looked at yet. */
export const heldRemarksQuery = () =>
  queryOptions({
    queryKey: ['survey-remarks', 'held'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/survey-remarks', {
          params: { query: { state: 'held', limit: WHOLE_PAGE } },
          signal,
        }),
      ),
  });

/** Opens what somebody wrote to the ward, or drops it for good. */
export function useScreen() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ remark, body }: { remark: SurveyRemark; body: SurveyScreening }) =>
      intent.run({ id: remark.id, ...body }, (key) =>
        unwrap(
          api.POST('/api/v1/survey-remarks/{id}/screenings', {
            params: {
              path: { id: remark.id },
              header: { 'If-Match': etag(remark.version), 'Idempotency-Key': key },
            },
            body,
          }),
        ),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['survey-remarks'] }),
  });
}
