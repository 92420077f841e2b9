import type { Concern } from '@/shared/api/types';
import type { Tone } from '@/shared/ui/Notice';

/** What is watched, by what is to be done about it; the worst first. Names are translation keys. */
export const concernGroups = [
  { key: 'late', concerns: ['overdue', 'apology_missing', 'unanswered'] },
  { key: 'near', concerns: ['apology_due', 'due_today', 'due_soon'] },
  { key: 'desk', concerns: ['not_handed_over', 'not_acknowledged', 'step_late', 'opinion_late'] },
  { key: 'paused', concerns: ['paused_too_long', 'supplement_lapsing', 'supplement_lapsed'] },
] as const satisfies { key: string; concerns: Concern[] }[];

export type ConcernGroup = (typeof concernGroups)[number]['key'];

export const concerns: Concern[] = concernGroups.flatMap((group) => group.concerns);

export const isConcern = (value: unknown): value is Concern => concerns.some((c) => c === value);

const groupOf = (concern: Concern): ConcernGroup | undefined =>
  concernGroups.find((group) => group.concerns.some((c) => c === concern))?.key;

/** How a list looks when somebody is in it: red is only for what is late towards the citizen. */
export function toneOf(concern: Concern): Tone {
  const group = groupOf(concern);
  if (group === 'late') return 'late';
  return group === 'paused' ? 'rest' : 'soon';
}
