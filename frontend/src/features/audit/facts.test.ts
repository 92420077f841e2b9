import { expect, test } from 'vitest';
import { factsOf } from './facts';

test('a delegation says from when until when, whatever else it holds', () => {
  expect(
    factsOf({
      role: 'leader',
      valid_from: '2026-03-02T03:00:00Z',
      valid_to: '2026-03-03T17:00:00Z',
      to: 'x',
    }),
  ).toEqual({
    code: undefined,
    role: 'leader',
    from: '2026-03-02T03:00:00Z',
    until: '2026-03-03T17:00:00Z',
  });
});

test('what is no text is not shown', () => {
  expect(factsOf({ code: null, role: 7, valid_to: '' })).toEqual({});
});
