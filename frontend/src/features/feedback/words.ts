import type { FeedbackFilter, FeedbackItem, NewObstacle } from '@/shared/api/types';
import type { Tone } from '@/shared/ui/Notice';

export const kinds = ['suggestion', 'complaint'] as const;
export const filings = ['suggestion', 'complaint', 'denunciation'] as const;
export const subjects = ['procedure', 'attitude', 'officer', 'facility', 'other'] as const;
export const states = ['received', 'forwarded', 'accepted', 'declined', 'answered'] as const;
/** How something comes to an officer; what comes on the public page is not entered again. */
export const channels = ['counter', 'phone', 'post'] as const;
export const obstacleKinds: NewObstacle['kind'][] = ['procedure', 'law', 'system', 'person', 'other'];
export const obstacleStates = ['raised', 'forwarded', 'solved'] as const;

export type ObstacleState = (typeof obstacleStates)[number];
export const isObstacleState = (value: unknown): value is ObstacleState =>
  obstacleStates.includes(value as ObstacleState);

/** What the desk's list is narrowed by, as it stands in an address. */
export interface FeedbackSearch {
  kind?: FeedbackItem['kind'];
  state?: FeedbackItem['state'];
  subject?: FeedbackItem['subject'];
  only?: 'open' | 'overdue';
  code?: string;
  cursor?: string;
}

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined =>
  all.find((word) => word === value);

/** Reads an address that anybody may have typed. */
export function readFeedbackSearch(raw: Record<string, unknown>): FeedbackSearch {
  const said = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const search: FeedbackSearch = {
    kind: oneOf(kinds, raw.kind),
    state: oneOf(states, raw.state),
    subject: oneOf(subjects, raw.subject),
    only: oneOf(['open', 'overdue'] as const, raw.only),
    code: said(raw.code),
    cursor: said(raw.cursor),
  };
  return Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined));
}

/** The same as the list is asked for. */
export const filterOf = ({ only, ...rest }: FeedbackSearch): FeedbackFilter => ({
  ...rest,
  limit: 20,
  ...(only === 'open' ? { open: true } : {}),
  ...(only === 'overdue' ? { overdue: true } : {}),
});

/** How a state looks. */
export const stateTone: Record<string, Tone> = {
  received: 'accent',
  forwarded: 'soon',
  accepted: 'soon',
  passed_on: 'rest',
  declined: 'rest',
  answered: 'good',
  concluded: 'good',
  raised: 'accent',
  solved: 'good',
};
