import { expect, it } from 'vitest';
import { workdaysAround } from './workdays';

/** March 2026: the 1st is a Sunday. */
const march = Array.from({ length: 31 }, (_, i) => ({
  date: `2026-03-${String(i + 1).padStart(2, '0')}`,
  working: i % 7 !== 0 && i % 7 !== 6,
}));

it('the last day for an apology is the working day before, the days offered are those after (DOMAIN V30)', () => {
  expect(workdaysAround(march, '2026-03-13')).toEqual({
    before: '2026-03-12',
    after: ['2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19', '2026-03-20'],
  });
  expect(workdaysAround(march, '2026-03-09').before).toBe('2026-03-06');
});

it('says nothing while the calendar is not there', () => {
  expect(workdaysAround([], '2026-03-13')).toEqual({ before: undefined, after: [] });
});
