import { describe, expect, it } from 'vitest';
import type { Duty, UncoveredShift } from '@/shared/api/types';
import { busyAt, byDate, byGivenName, daysOfWeek, hoursOf, ledBy, mondayOf, placesOf, spotsOf } from './week';

const an = { id: 'an', full_name: 'Nguyễn Văn An' };
const binh = { id: 'binh', full_name: 'Trần Thị Bình' };

const duty = (id: string, date: string, from: string, to: string, more: Partial<Duty> = {}): Duty => ({
  id,
  counter_id: 'q1',
  counter_name: 'Quầy 1',
  date,
  from,
  to,
  kind: 'counted',
  user: an,
  away: false,
  served: false,
  cancelled: false,
  ...more,
});
const gap = (date: string, from: string, more: Partial<UncoveredShift> = {}): UncoveredShift => ({
  date,
  from,
  to: '17:30',
  kind: 'counted',
  reason: 'nobody_planned',
  counter_id: 'q1',
  counter_name: 'Quầy 1',
  ...more,
});

const week = daysOfWeek('2026-03-02');
const organisation = {
  points: [{ id: 'p', kind: 'branch' as const, name: 'Chi nhánh Cửa Nam', valid_from: '2026-01-01' }],
  counters: [
    { id: 'q10', name: 'Quầy 10', valid_from: '2026-01-01' },
    { id: 'q2', name: 'Quầy 2', valid_from: '2026-01-01' },
    { id: 'q1', name: 'Quầy 1', valid_from: '2026-01-01' },
    { id: 'qn', name: 'Quầy Cửa Nam', point_id: 'p', valid_from: '2026-01-01' },
    { id: 'old', name: 'Quầy cũ', valid_from: '2025-01-01', valid_to: '2026-03-01' },
    { id: 'late', name: 'Quầy mới', valid_from: '2026-03-09' },
  ],
};

it('takes any day of a week for it, and this week without one', () => {
  expect(mondayOf('2026-03-08', '2026-01-01')).toBe('2026-03-02');
  expect(mondayOf('2026-02-30', '2026-03-04')).toBe('2026-03-02');
  expect(mondayOf(undefined, '2027-01-01')).toBe('2026-12-28');
});

describe('the week', () => {
  it('has the counters that are open in it, by place and number', () => {
    const places = placesOf(week, [], [], organisation);
    expect(places.map((p) => [p.name, p.rows.map((r) => r.name)])).toEqual([
      [null, ['Quầy 1', 'Quầy 2', 'Quầy 10']],
      ['Chi nhánh Cửa Nam', ['Quầy Cửa Nam']],
    ]);
  });
  it('tells an empty time at its duty, and beside it where nobody was planned', () => {
    const duties = [
      duty('pm', '2026-03-02', '13:30', '17:30'),
      duty('am', '2026-03-02', '07:30', '11:30', { away: true }),
      duty('x', '2026-03-03', '07:30', '11:30', { cancelled: true }),
    ];
    const gaps = [
      gap('2026-03-02', '07:30', { duty_id: 'am', reason: 'absent' }),
      gap('2026-03-03', '07:30'),
    ];
    const [place] = placesOf(week, duties, gaps, organisation);
    const cells = place?.rows[0]?.cells;
    expect(cells?.['2026-03-02']?.map((e) => [e.key, e.gap?.reason])).toEqual([
      ['am', 'absent'],
      ['pm', undefined],
    ]);
    expect(cells?.['2026-03-03']?.map((e) => e.kind)).toEqual(['gap']);
  });
  it('names the centre first where it serves without a counter', () => {
    const [place] = placesOf(
      week,
      [],
      [gap('2026-03-07', '07:30', { counter_id: null, kind: 'service' })],
      organisation,
    );
    expect(place?.rows[0]?.id).toBeNull();
  });
  it('knows the own counters without being told the organisation', () => {
    expect(placesOf(week, [duty('a', '2026-03-02', '07:30', '11:30')], [])[0]?.rows[0]?.name).toBe('Quầy 1');
  });
});

describe('keys', () => {
  const at = (id: string, date: string, counter: string, from: string) =>
    duty(id, date, from, '17:30', { counter_id: counter, counter_name: counter });
  const places = placesOf(
    week,
    [
      at('a1', '2026-03-02', 'q1', '07:30'),
      at('a2', '2026-03-02', 'q1', '13:30'),
      at('b1', '2026-03-02', 'q2', '07:30'),
      at('c1', '2026-03-04', 'q1', '07:30'),
      at('c2', '2026-03-04', 'q1', '13:30'),
      at('d2', '2026-03-05', 'q2', '07:30'),
    ],
    [],
  );
  const spots = spotsOf(week, places);
  it('lead through a day and over days on which nobody is planned', () => {
    expect(ledBy('ArrowDown', 'a2', spots)).toBe('b1');
    expect(ledBy('ArrowUp', 'a1', spots)).toBeUndefined();
    expect(ledBy('ArrowRight', 'a2', spots)).toBe('c2');
    expect(ledBy('ArrowRight', 'c2', spots)).toBe('d2');
    expect(ledBy('ArrowLeft', 'd2', spots)).toBe('c1');
    expect(ledBy('ArrowRight', 'd2', spots)).toBeUndefined();
    expect(ledBy('End', 'a1', spots)).toBe('d2');
    expect(ledBy('Home', 'd2', spots)).toBe('a1');
    expect(ledBy('x', 'a1', spots)).toBeUndefined();
  });
});

it('tells who is elsewhere at that time, and counts whoever stands in', () => {
  const duties = [
    duty('a', '2026-03-02', '07:30', '11:30', { stand_in: binh }),
    duty('b', '2026-03-02', '13:30', '17:30'),
  ];
  expect([...busyAt(duties, '2026-03-02', '08:00', '09:00').keys()]).toEqual(['binh']);
  expect([...busyAt(duties, '2026-03-02', '11:30', '13:30').keys()]).toEqual([]);
  expect([...busyAt(duties, '2026-03-03', '08:00', '09:00').keys()]).toEqual([]);
});

it('speaks of minutes in hours', () => {
  expect(hoursOf(270)).toEqual({ below: false, hours: 4, minutes: 30 });
  expect(hoursOf(-480)).toEqual({ below: true, hours: 8, minutes: 0 });
});

it('reads names by the given one', () => {
  const people = ['Trần Thị Bình', 'Phạm Đức An', 'Lê Hải An'].map((full_name) => ({ full_name }));
  expect(byGivenName(people).map((p) => p.full_name)).toEqual(['Lê Hải An', 'Phạm Đức An', 'Trần Thị Bình']);
});

it('gathers what stands empty by day', () => {
  const gaps = [gap('2026-03-02', '07:30'), gap('2026-03-02', '13:30'), gap('2026-03-04', '07:30')];
  expect(byDate(gaps).map(([date, of]) => [date, of.length])).toEqual([
    ['2026-03-02', 2],
    ['2026-03-04', 1],
  ]);
});
