import { describe, expect, it } from 'vitest';
import type { TreasuryMonth } from '@/shared/api/types';
import {
  daysFrom,
  daysOf,
  formatMonth,
  formatShare,
  isDay,
  isLeft,
  saysSomething,
  standingOf,
  toldMonths,
} from './words';

const month = (some: Partial<TreasuryMonth> = {}): TreasuryMonth => ({
  month: '2026-03-01',
  due_on: '2026-04-05',
  phi_vnd: 0,
  le_phi_vnd: 0,
  handed_phi_vnd: 0,
  handed_le_phi_vnd: 0,
  kept_phi_vnd: 0,
  left_phi_vnd: 0,
  left_le_phi_vnd: 0,
  over: true,
  overdue: false,
  ...some,
});

describe('the days of a sheet', () => {
  it('are those of a day, of this month as far as it has come, and of the one before', () => {
    expect(daysOf('today', '2026-03-02')).toEqual({ from: '2026-03-02', to: '2026-03-02' });
    expect(daysOf('month', '2026-03-02')).toEqual({ from: '2026-03-01', to: '2026-03-02' });
    expect(daysOf('last', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(daysOf('last', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });

  it('are this month’s where an address names none, or only one', () => {
    const named = { from: '2026-02-03', to: '2026-02-04' };
    expect(daysFrom(named, '2026-03-02')).toEqual(named);
    expect(daysFrom({ from: '2026-02-03' }, '2026-03-02')).toEqual({ from: '2026-03-01', to: '2026-03-02' });
  });

  it('are real ones', () => {
    expect(isDay('2026-02-28')).toBe(true);
    expect(['2026-02-29', '2026-2-1', '1/2/2026', '', undefined, 20260201].some(isDay)).toBe(false);
  });
});

describe('what a sheet says', () => {
  it('is never rounded up', () => {
    expect(formatShare(1000)).toBe('100,0%');
    expect(formatShare(999)).toBe('99,9%');
    expect(formatShare(0)).toBe('0,0%');
    expect(formatShare(667)).toBe('66,7%');
  });

  it('is nothing where all of it is nothing', () => {
    expect(saysSomething({ a: 0, b: 0 }, ['a', 'b'])).toBe(false);
    expect(saysSomething({ a: 0, b: -1 }, ['a', 'b'])).toBe(true);
  });
});

describe('a month’s money', () => {
  it('is called by its month', () => {
    expect(formatMonth('2026-03-01')).toBe('03/2026');
  });

  it('is told of where there was any, and while the month runs', () => {
    const running = month({ over: false });
    const withMoney = month({ le_phi_vnd: 8_000 });
    expect(toldMonths([running, month(), withMoney])).toEqual([running, withMoney]);
  });

  it('is left, overdue, all gone on, or too much has', () => {
    const owed = { le_phi_vnd: 8_000, left_le_phi_vnd: 8_000 };
    expect(isLeft(month(owed))).toBe(true);
    expect(standingOf(month({ ...owed, overdue: true }))).toBe('overdue');
    expect(standingOf(month(owed))).toBe('due');
    expect(standingOf(month({ ...owed, over: false }))).toBe('running');
    expect(standingOf(month({ le_phi_vnd: 8_000, handed_le_phi_vnd: 8_000 }))).toBe('settled');
    expect(standingOf(month({ left_le_phi_vnd: -8_000 }))).toBe('more');
    expect(standingOf(month())).toBe('nothing');
    expect(isLeft(month({ left_phi_vnd: -1 }))).toBe(false);
  });
});
