import { expect, test } from 'vitest';
import { changeOf, toggled } from './tried';

test('a working day is tried as a day off, a rest day as worked, and either is taken back', () => {
  const both = toggled(toggled({}, '2026-03-11', true), '2026-03-14', false);
  expect(changeOf(both)).toEqual({ days_off: ['2026-03-11'], make_up_days: [{ date: '2026-03-14' }] });
  expect(changeOf(toggled(both, '2026-03-11', true))).toEqual({
    days_off: [],
    make_up_days: [{ date: '2026-03-14' }],
  });
});

test('days are asked in their order, however they were chosen', () => {
  const tried = toggled(toggled({}, '2026-03-12', true), '2026-03-11', true);
  expect(changeOf(tried).days_off).toEqual(['2026-03-11', '2026-03-12']);
});
