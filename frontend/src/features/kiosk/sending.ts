import type { ApiProblem } from '@/shared/api/problem';
import type { SurveyAnswer } from '@/shared/api/types';

/** It is sent again by itself. */
export interface Later {
  state: 'later';
  why: 'busy' | 'offline';
  seconds: number;
  answers: SurveyAnswer[];
  /** How often no answer came. */
  unanswered: number;
}

type Then =
  Later | { state: 'refused'; words: string } | { state: 'end'; how: 'thanks' | 'lost' | 'over' | 'full' };

/** So long until the line is tried again, in seconds. */
const AGAIN_S = 5;
/** So often; then nobody is left standing before their answers. */
const MOST_TRIES = 6;
/** Nobody waits longer than this before a kiosk that is pressed too often, in seconds. */
const LONGEST_S = 30;
const RETRY_S = 10;

/** A tablet's round that somebody else ended: another device, or ten minutes. */
const OVER = ['nobody_called', 'survey_answered', 'survey_expired', 'no_questionnaire'];
/** An answer whose acknowledgement got lost was taken all the same: that is what these then say. */
const TAKEN = ['nobody_called', 'survey_answered', 'device_busy'];

/** What becomes of an answer that was not taken, or of which nobody knows. */
export function afterRefusal(problem: ApiProblem, answers: SurveyAnswer[], before?: Later): Then {
  const unanswered = before?.unanswered ?? 0;
  if (problem.unanswered || problem.status >= 500) {
    if (unanswered + 1 >= MOST_TRIES) return { state: 'end', how: 'lost' };
    return { state: 'later', why: 'offline', seconds: AGAIN_S, answers, unanswered: unanswered + 1 };
  }
  if (unanswered > 0 && TAKEN.includes(problem.code)) return { state: 'end', how: 'thanks' };
  if (problem.status === 429) {
    const told = problem.members.retry_after;
    const seconds = typeof told === 'number' ? told : RETRY_S;
    if (seconds > LONGEST_S) return { state: 'end', how: 'full' };
    return { state: 'later', why: 'busy', seconds, answers, unanswered };
  }
  if (OVER.includes(problem.code)) return { state: 'end', how: 'over' };
  return { state: 'refused', words: problem.errors[0]?.detail ?? problem.detail };
}
