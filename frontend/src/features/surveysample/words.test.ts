import { describe, expect, it } from 'vitest';
import { isUnitState, progressOf, tallyOf } from './words';

const sample = {
  size: 5,
  tally: [
    { reserve: false, state: 'answered', n: 2 },
    { reserve: false, state: 'not_reached', n: 1 },
    { reserve: false, state: 'waiting', n: 2 },
    { reserve: true, state: 'answered', n: 1 },
    { reserve: true, state: 'waiting', n: 4 },
  ],
};

describe('how far the asking of a sample is', () => {
  it('is told apart by the main list and the reserve', () => {
    expect(tallyOf(sample, false)).toEqual({
      waiting: 2,
      answered: 2,
      refused: 0,
      not_reached: 1,
      wrong_contact: 0,
    });
    expect(tallyOf(sample, true).waiting).toBe(4);
  });

  it('counts who did not answer too, and nobody who waits', () => {
    expect(progressOf(sample)).toEqual({ answered: 3, tried: 4, responsePercent: 75, wanted: 5 });
    expect(progressOf({ size: 5, tally: [] }).responsePercent).toBeNull();
  });

  it('is narrowed by what an address may say', () => {
    expect(isUnitState('refused')).toBe(true);
    expect(isUnitState('gone')).toBe(false);
  });
});
