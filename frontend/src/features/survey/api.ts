import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type {
  NewSurveyDevice,
  NewSurveySettings,
  Questionnaire,
  QuestionnaireView,
  SurveySettings,
} from '@/shared/api/types';

const QUESTIONNAIRES = ['surveys', 'questionnaires'] as const;
const DEVICES = ['surveys', 'devices'] as const;

/** All of a centre's: there are few, and what is asked with is chosen among them. */
export const questionnairesQuery = () =>
  queryOptions({
    queryKey: [...QUESTIONNAIRES, 'all'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/questionnaires', { params: { query: { limit: WHOLE_PAGE, cursor } }, signal }),
        ),
      ),
  });

export const questionnaireQuery = (id: string) =>
  queryOptions({
    queryKey: [...QUESTIONNAIRES, id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/questionnaires/{id}', { params: { path: { id } }, signal })),
  });

/** What changes a questionnaire: every change is answered with it as it then stands. */
function useChanged<V>(send: (input: V) => Promise<QuestionnaireView>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (now) => {
      queries.setQueryData(questionnaireQuery(now.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: questionnairesQuery().queryKey });
    },
  });
}

export function useDraftQuestionnaire() {
  const intent = useIntent();
  return useChanged((body: Questionnaire) =>
    intent.run(body, (key) =>
      unwrap(api.POST('/api/v1/questionnaires', { params: { header: { 'Idempotency-Key': key } }, body })),
    ),
  );
}

export const useReplaceQuestionnaire = (id: string) =>
  useChanged(({ version, body }: { version: number; body: Questionnaire }) =>
    unwrap(
      api.PUT('/api/v1/questionnaires/{id}', {
        params: { path: { id }, header: { 'If-Match': etag(version) } },
        body,
      }),
    ),
  );

/** People are asked with it from now on, or no longer. */
export function useEndDraft(id: string, what: 'publications' | 'retirements') {
  const intent = useIntent();
  return useChanged((version: number) =>
    intent.run({ id, what, version }, (key) => {
      const params = { path: { id }, header: { 'If-Match': etag(version), 'Idempotency-Key': key } };
      return what === 'publications'
        ? unwrap(api.POST('/api/v1/questionnaires/{id}/publications', { params }))
        : unwrap(api.POST('/api/v1/questionnaires/{id}/retirements', { params }));
    }),
  );
}

export function useDiscardQuestionnaire(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      unwrap(
        api.DELETE('/api/v1/questionnaires/{id}', {
          params: { path: { id }, header: { 'If-Match': etag(version) } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: questionnairesQuery().queryKey }),
  });
}

export const surveySettingsQuery = () =>
  queryOptions({
    queryKey: ['surveys', 'settings'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/survey-settings', { signal })),
  });

/** Sets what is asked with, at the version last seen. */
export function useSetSurveySettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, body }: { seen: SurveySettings; body: NewSurveySettings }) =>
      unwrap(
        api.PUT('/api/v1/survey-settings', { params: { header: { 'If-Match': etag(seen.version) } }, body }),
      ),
    onSuccess: (now) => queries.setQueryData(surveySettingsQuery().queryKey, now),
  });
}

export const devicesQuery = () =>
  queryOptions({
    queryKey: DEVICES,
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/survey-devices', { params: { query: { limit: WHOLE_PAGE, cursor } }, signal }),
        ),
      ),
  });

/** Its secret is told once: nothing keeps it once the page has let go of it. */
export function useAddDevice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSurveyDevice) => unwrap(api.POST('/api/v1/survey-devices', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: DEVICES }),
    gcTime: 0,
  });
}

export function useEndDevice() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (id: string) =>
      intent.run(id, (key) =>
        unwrap(
          api.POST('/api/v1/survey-devices/{id}/endings', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
          }),
        ),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: DEVICES }),
  });
}

/** Whoever has just collected a result is asked at this tablet. */
export function useCallTablet() {
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ device, dossier }: { device: string; dossier: string }) =>
      intent.run({ device, dossier }, (key) =>
        unwrap(
          api.POST('/api/v1/survey-devices/{id}/calls', {
            params: { path: { id: device }, header: { 'Idempotency-Key': key } },
            body: { dossier_id: dossier },
          }),
        ),
      ),
  });
}
