import { describe, expect, it } from 'vitest';
import type { CalendarDay } from '@/shared/api/types';
import { faultsOf, newRow, rowsOf, shiftsOf, stretchesOf, timeFrom, weekdays, type Hours } from './hours';
import { changeOf } from './tried';
import { addDays, weekdayOf } from './year';

const working = weekdays.slice(0, 5);

it('reads times as they are typed', () => {
  expect(['7:30', '07.30', '7h30', '7g30', '0730'].map(timeFrom)).toEqual(Array(5).fill('07:30'));
  expect(timeFrom('7h')).toBe('07:00');
  expect(['24:00', '7:60', '7', 'sáng', '', '7:3'].map(timeFrom)).toEqual(Array(6).fill(undefined));
});

describe('the present hours', () => {
  const day = (date: string, kind: CalendarDay['kind'] = 'weekday'): CalendarDay => {
    const rests = weekdayOf(date) > 4 || kind === 'day_off';
    return {
      date,
      kind,
      working: !rests,
      shifts: rests
        ? []
        : [
            { from: '07:30', to: '11:30' },
            { from: '13:30', to: '17:30' },
          ],
      service_shifts: weekdayOf(date) === 5 ? [{ from: '07:30', to: '11:30' }] : [],
      provisional: false,
    };
  };
  const span = Array.from({ length: 14 }, (_, i) => addDays('2026-03-02', i));

  it('are rows of equal hours, those that only serve apart', () => {
    expect(rowsOf(span.map((d) => day(d)))).toEqual([
      { id: 0, weekdays: working, from: '07:30', to: '11:30', counts: true },
      { id: 1, weekdays: working, from: '13:30', to: '17:30', counts: true },
      { id: 2, weekdays: ['sat'], from: '07:30', to: '11:30', counts: false },
    ]);
  });
  it('are not those of a day off or a make-up day', () => {
    const odd = span.map((d) =>
      d === '2026-03-04' ? day(d, 'day_off') : d === '2026-03-07' ? day(d, 'make_up') : day(d),
    );
    expect(rowsOf(odd)).toEqual(rowsOf(span.map((d) => day(d))));
  });
  it('of no days at all are one empty row', () => {
    expect(rowsOf([])).toEqual([newRow(0)]);
  });
});

describe('what is wrong', () => {
  const hours = (...rows: Partial<ReturnType<typeof newRow>>[]): Hours => ({
    from: '2026-04-15',
    rows: rows.map((row, id) => newRow(id, row)),
  });
  const morning = { weekdays: working, from: '7h', to: '11h30' };

  it('stands at its field', () => {
    expect(faultsOf({ from: '', rows: [newRow(0)] })).toEqual({
      'shifts/valid_from': 'noDay',
      'shifts/rules/0/weekdays': 'noWeekday',
      'shifts/rules/0/from': 'noTime',
      'shifts/rules/0/to': 'noTime',
    });
    expect(faultsOf(hours({ ...morning, to: '07:00' }))).toEqual({ 'shifts/rules/0/to': 'endsFirst' });
  });
  it('is an overlap on a weekday both shifts have', () => {
    const noon = { weekdays: ['fri', 'sat'] as const, from: '11:00', to: '13:00', counts: false };
    const both = hours(morning, { ...noon, weekdays: [...noon.weekdays] });
    expect(faultsOf(both)).toEqual({ 'shifts/rules/1/from': 'overlaps' });
    expect(faultsOf(hours(morning, { ...noon, weekdays: ['sat'] }))).toEqual({});
    // One that begins where the other ends is not in its way.
    expect(faultsOf(hours(morning, { ...morning, from: '11:30', to: '13:00' }))).toEqual({});
  });
  it('is nothing, and then the server is asked in its own words', () => {
    const fine = hours({ ...morning, weekdays: ['fri', 'mon'] });
    expect(faultsOf(fine)).toEqual({});
    expect(shiftsOf(fine)).toEqual({
      valid_from: '2026-04-15',
      rules: [{ weekdays: ['mon', 'fri'], from: '07:00', to: '11:30', counts: true }],
    });
    expect(changeOf({}, fine)).toMatchObject({ days_off: [], make_up_days: [], shifts: shiftsOf(fine) });
  });
});

it('says weekdays that follow each other as one stretch', () => {
  expect(stretchesOf([])).toEqual([]);
  expect(stretchesOf(['sun', ...working])).toEqual([
    ['mon', 'fri'],
    ['sun', 'sun'],
  ]);
  expect(stretchesOf(['wed', 'mon'])).toEqual([
    ['mon', 'mon'],
    ['wed', 'wed'],
  ]);
});
