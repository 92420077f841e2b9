import { describe, expect, it } from 'vitest';
import { dayFrom, daysFrom, markOf, monthsOf, movedBy, viewOf, weeksOf } from './year';

describe('the address', () => {
  const today = '2026-03-02';
  it('without a word shows this year and today', () => {
    expect(viewOf({}, today)).toEqual({ kind: 'year', year: 2026, day: today });
  });
  it('with a month shows the month', () => {
    expect(viewOf({ month: '2026-11', year: 2025 }, today)).toEqual({ kind: 'month', month: '2026-11' });
    expect(viewOf({ month: '2026-13' }, today)).toMatchObject({ kind: 'year' });
  });
  it('chooses a day of the year it shows, and no other', () => {
    expect(viewOf({ day: '2027-02-05' }, today)).toEqual({ kind: 'year', year: 2027, day: '2027-02-05' });
    expect(viewOf({ year: 2027, day: '2026-02-05' }, today)).toMatchObject({ year: 2027, day: '2027-01-01' });
    expect(viewOf({ year: 12, day: '2026-02-30' }, today)).toMatchObject({ year: 2026, day: today });
    expect(dayFrom('2026-02-29')).toBeUndefined();
    expect(dayFrom('2024-02-29')).toBe('2024-02-29');
  });
});

describe('a month', () => {
  it('begins its weeks on Monday and keeps to itself', () => {
    // The first of February 2027 is a Monday: four full weeks.
    expect(weeksOf('2027-02')).toHaveLength(4);
    expect(weeksOf('2026-03')[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
    expect(weeksOf('2026-08').at(-1)).toEqual(['2026-08-31', null, null, null, null, null, null]);
  });
  it('has each day of the year once, in order', () => {
    for (const year of [2024, 2025, 2026]) {
      const days = monthsOf(year).flatMap((m) =>
        weeksOf(m)
          .flat()
          .filter((d) => d !== null),
      );
      expect(days).toHaveLength(daysFrom(`${year}-01-01`, `${year + 1}-01-01`));
      expect([...days].sort()).toEqual(days);
    }
  });
});

describe('keys', () => {
  it('move by days and weeks over the ends of months', () => {
    expect(movedBy('ArrowRight', '2026-02-28')).toBe('2026-03-01');
    expect(movedBy('ArrowUp', '2026-03-03')).toBe('2026-02-24');
    expect(movedBy('Home', '2026-03-05')).toBe('2026-03-02');
    expect(movedBy('End', '2026-03-05')).toBe('2026-03-08');
    expect(movedBy('PageDown', '2026-01-31')).toBe('2026-02-28');
    expect(movedBy('PageUp', '2026-03-31')).toBe('2026-02-28');
  });
  it('stay in the year and leave other keys alone', () => {
    expect(movedBy('ArrowLeft', '2026-01-01')).toBe('2026-01-01');
    expect(movedBy('PageDown', '2026-12-30')).toBe('2026-12-31');
    expect(movedBy('PageUp', '2026-01-30')).toBe('2026-01-01');
    expect(movedBy('a', '2026-01-01')).toBeUndefined();
  });
});

it('tells the kinds of day apart', () => {
  const shift = [{ from: '07:30', to: '11:30' }];
  expect(markOf({ kind: 'weekday', working: true, service_shifts: [] })).toBe('working');
  expect(markOf({ kind: 'weekend', working: false, service_shifts: [] })).toBe('weekend');
  expect(markOf({ kind: 'weekend', working: false, service_shifts: shift })).toBe('service');
  expect(markOf({ kind: 'make_up', working: true, service_shifts: [] })).toBe('makeUp');
  expect(markOf({ kind: 'day_off', working: false, service_shifts: [] })).toBe('off');
  // A Saturday whose hours count is worked like any weekday.
  expect(markOf({ kind: 'weekday', working: true, service_shifts: shift })).toBe('working');
});
