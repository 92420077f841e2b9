import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { asProblem } from '@/shared/api/problem';
import type { SurveyAnswer } from '@/shared/api/types';

/** So often a tablet asks whether somebody is called, and whoever has lost the line whether it is back. */
const SOON_MS = 3_000;
/** So often a kiosk asks whether it is to ask something else. */
const LATER_MS = 30_000;

/** What a device shows now. What it was told is kept no longer than it is shown. */
export const shownQuery = (secret: string) =>
  queryOptions({
    queryKey: ['kiosk', secret],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/public/survey-devices/questions', { body: { secret }, signal })),
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => {
      if (state.error) return asProblem(state.error).status === 404 ? LATER_MS : SOON_MS;
      return state.data?.kind === 'tablet' ? SOON_MS : LATER_MS;
    },
  });

/** Hands an answer over. It goes through no cache: nothing of it is to be left here. */
export const sendAnswers = (secret: string, answers: SurveyAnswer[]): Promise<unknown> =>
  unwrap(api.POST('/api/v1/public/survey-devices/answers', { body: { secret, answers } }));
