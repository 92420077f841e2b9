import type { CalendarChange, CalendarDay } from '@/shared/api/types';
import { addDays, weekdayOf } from './year';

type Shifts = NonNullable<CalendarChange['shifts']>;
export type Weekday = Shifts['rules'][number]['weekdays'][number];

export const weekdays: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A date that falls on a weekday, for its name. */
export const dateOn = (weekday: Weekday) => addDays('2024-01-01', weekdays.indexOf(weekday));

/** As many shifts as one change may have. */
export const MOST_ROWS = 30;

/** One shift as it is typed. */
export interface HoursRow {
  id: number;
  weekdays: Weekday[];
  from: string;
  to: string;
  counts: boolean;
}

/** Weekly hours that are to hold from a day on, as they are typed. */
export interface Hours {
  from: string;
  rows: HoursRow[];
}

/** "7:30", "7h30", "0730" or "7h" as `07:30`; anything else is none. */
export function timeFrom(typed: string): string | undefined {
  const match =
    /^(\d{1,2})\s*[:.hg]\s*(\d{2})?$/i.exec(typed.trim()) ?? /^(\d{2})(\d{2})$/.exec(typed.trim());
  if (!match) return undefined;
  const [, hour = '', minute = '00'] = match;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}

export const newRow = (id: number, row: Partial<HoursRow> = {}): HoursRow => ({
  weekdays: [],
  from: '',
  to: '',
  counts: true,
  ...row,
  id,
});

/** The weekly hours that plain days have now: the first of each weekday that is neither off nor made up. */
export function rowsOf(days: readonly CalendarDay[]): HoursRow[] {
  const plain = days.filter((d) => d.kind !== 'day_off' && d.kind !== 'make_up');
  const rows = new Map<string, HoursRow>();
  weekdays.forEach((weekday, i) => {
    const day = plain.find((d) => weekdayOf(d.date) === i);
    const shifts = [
      ...(day?.shifts ?? []).map((s) => ({ ...s, counts: true })),
      ...(day?.service_shifts ?? []).map((s) => ({ ...s, counts: false })),
    ];
    for (const { from, to, counts } of shifts) {
      const key = `${from} ${to} ${counts}`;
      const row = rows.get(key) ?? newRow(rows.size, { from: from.slice(0, 5), to: to.slice(0, 5), counts });
      rows.set(key, { ...row, weekdays: [...row.weekdays, weekday] });
    }
  });
  return rows.size > 0 ? [...rows.values()] : [newRow(0)];
}

export type Fault = 'noDay' | 'noWeekday' | 'noTime' | 'endsFirst' | 'overlaps';

/** What is wrong with what was typed, by the pointer the server would name. */
export function faultsOf(hours: Hours): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  if (!hours.from) faults['shifts/valid_from'] = 'noDay';
  const read = hours.rows.map((row) => ({ row, from: timeFrom(row.from), to: timeFrom(row.to) }));
  read.forEach(({ row, from, to }, i) => {
    const at = `shifts/rules/${i}`;
    if (row.weekdays.length === 0) faults[`${at}/weekdays`] = 'noWeekday';
    if (!from) faults[`${at}/from`] = 'noTime';
    if (!to) faults[`${at}/to`] = 'noTime';
    if (!from || !to) return;
    if (to <= from) faults[`${at}/to`] = 'endsFirst';
    // Of two shifts in each other's way the later row is told.
    const before = read.slice(0, i);
    const clash = before.some(
      (b) =>
        b.from &&
        b.to &&
        b.from < to &&
        from < b.to &&
        b.row.weekdays.some((day) => row.weekdays.includes(day)),
    );
    if (clash) faults[`${at}/from`] = 'overlaps';
  });
  return faults;
}

/** What the server is asked; only of hours without faults. */
export const shiftsOf = (hours: Hours): Shifts => ({
  valid_from: hours.from,
  rules: hours.rows.map((row) => ({
    weekdays: weekdays.filter((day) => row.weekdays.includes(day)),
    from: timeFrom(row.from) ?? row.from,
    to: timeFrom(row.to) ?? row.to,
    counts: row.counts,
  })),
});

/** Weekdays in their order, those that follow each other as a stretch: Monday to Friday, Sunday. */
export function stretchesOf(chosen: readonly Weekday[]): [first: Weekday, last: Weekday][] {
  const out: [Weekday, Weekday][] = [];
  let open: [Weekday, Weekday] | null = null;
  for (const day of weekdays) {
    if (!chosen.includes(day)) open = null;
    else if (open) open[1] = day;
    else out.push((open = [day, day]));
  }
  return out;
}
