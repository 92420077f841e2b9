import { expect, it } from 'vitest';
import { monthDays, monthFrom, shiftMonth } from './month';

it('knows the length of a month', () => {
  expect(monthDays('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(monthDays('2026-11')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
});

it('walks over the turn of the year', () => {
  expect(shiftMonth('2026-12', 1)).toBe('2027-01');
  expect(shiftMonth('2026-01', -1)).toBe('2025-12');
});

it('takes nothing but a month', () => {
  expect(monthFrom('2026-13')).toBeUndefined();
  expect(monthFrom('2026-03')).toBe('2026-03');
});
