import type { SurveySample } from '@/shared/api/types';

export const unitStates = ['waiting', 'answered', 'refused', 'not_reached', 'wrong_contact'] as const;
export type UnitState = (typeof unitStates)[number];

/** Whether a text is what may have come of asking somebody. */
export const isUnitState = (value: unknown): value is UnitState => unitStates.includes(value as UnitState);

/** What of a sample's list is looked at. */
export interface SampleSearch {
  state?: UnitState;
  cursor?: string;
}

export const outcomes = ['telephone', 'paper', 'refused', 'not_reached', 'wrong_contact'] as const;

/** How many of one list are in each state. */
export function tallyOf(sample: Pick<SurveySample, 'tally'>, reserve: boolean): Record<UnitState, number> {
  const of = (state: UnitState) =>
    sample.tally.filter((t) => t.reserve === reserve && t.state === state).reduce((sum, t) => sum + t.n, 0);
  return Object.fromEntries(unitStates.map((state) => [state, of(state)])) as Record<UnitState, number>;
}

/** How far the asking is: who answered, of whom one was tried to be asked, and of how many there should be. */
export function progressOf(sample: Pick<SurveySample, 'tally' | 'size'>) {
  const main = tallyOf(sample, false);
  const reserve = tallyOf(sample, true);
  const both = (state: UnitState) => main[state] + reserve[state];
  const answered = both('answered');
  const tried = unitStates.filter((s) => s !== 'waiting').reduce((sum, s) => sum + both(s), 0);
  return {
    answered,
    tried,
    /** Of a hundred who were tried; none before the first. */
    responsePercent: tried > 0 ? (answered / tried) * 100 : null,
    wanted: sample.size,
  };
}
