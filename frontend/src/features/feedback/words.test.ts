import { describe, expect, it } from 'vitest';
import { filterOf, isObstacleState, readFeedbackSearch } from './words';

describe('what the list of feedback is narrowed by', () => {
  it('is read from an address, and what is none of its words is left out', () => {
    const raw = {
      kind: 'complaint',
      state: 'concluded',
      subject: 'attitude',
      only: 'overdue',
      code: '',
      x: 1,
    };
    expect(readFeedbackSearch(raw)).toEqual({ kind: 'complaint', subject: 'attitude', only: 'overdue' });
    expect(readFeedbackSearch({ kind: 'denunciation' })).toEqual({});
  });

  it('is asked for as the server knows it', () => {
    expect(filterOf({ kind: 'suggestion', only: 'open' })).toEqual({
      kind: 'suggestion',
      limit: 20,
      open: true,
    });
    expect(filterOf({ only: 'overdue' })).toEqual({ limit: 20, overdue: true });
    expect(filterOf({})).toEqual({ limit: 20 });
  });

  it('knows the states of an obstacle', () => {
    expect(isObstacleState('solved')).toBe(true);
    expect(isObstacleState('answered')).toBe(false);
  });
});
