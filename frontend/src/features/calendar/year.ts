import type { CalendarDay } from '@/shared/api/types';
import { monthFrom } from './month';

const DAY_MS = 86_400_000;
const utc = (date: string) => Date.parse(`${date}T00:00:00Z`);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** `date` moved by so many days. */
export const addDays = (date: string, by: number) => iso(utc(date) + by * DAY_MS);

/** How many days `to` is after `from`. */
export const daysFrom = (from: string, to: string) => Math.round((utc(to) - utc(from)) / DAY_MS);

/** Monday is 0, Sunday is 6. */
export const weekdayOf = (date: string) => (new Date(utc(date)).getUTCDay() + 6) % 7;

/** A day as `YYYY-MM-DD` that exists, or nothing. */
export const dayFrom = (text: string | undefined) =>
  text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && iso(utc(text)) === text
    ? text
    : undefined;

/** What the address of the calendar may say. */
export interface CalendarSearch {
  month?: string;
  year?: number;
  day?: string;
}

export type CalendarView = { kind: 'month'; month: string } | { kind: 'year'; year: number; day: string };

/** Which view the address asks for; without a word in it the present year, today chosen. */
export function viewOf(search: CalendarSearch, today: string): CalendarView {
  const month = monthFrom(search.month);
  if (month) return { kind: 'month', month };
  const asked = dayFrom(search.day);
  const named = search.year && search.year >= 1000 && search.year <= 9999 ? search.year : undefined;
  const year = named ?? Number((asked ?? today).slice(0, 4));
  const within = (day: string | undefined) => (day && Number(day.slice(0, 4)) === year ? day : undefined);
  return { kind: 'year', year, day: within(asked) ?? within(today) ?? `${year}-01-01` };
}

/** The months of a year as `YYYY-MM`. */
export const monthsOf = (year: number) =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);

/** The rows of a month's table, Monday first; null where the week belongs to another month. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const start = addDays(first, -weekdayOf(first));
  const weeks: (string | null)[][] = [];
  for (let monday = start; monday < first || monday.startsWith(month); monday = addDays(monday, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, i) => addDays(monday, i)).map((day) =>
        day.startsWith(month) ? day : null,
      ),
    );
  return weeks;
}

/** The kinds of day one can tell apart at a glance. */
export const marks = ['working', 'weekend', 'off', 'makeUp', 'service'] as const;
export type Mark = (typeof marks)[number];

export function markOf(day: Pick<CalendarDay, 'kind' | 'working' | 'service_shifts'>): Mark {
  if (day.kind === 'day_off') return 'off';
  if (day.kind === 'make_up') return 'makeUp';
  if (day.working) return 'working';
  return day.service_shifts.length > 0 ? 'service' : 'weekend';
}

/** Where a key leads from a day, as in a grid, never out of the year; nothing for another key. */
export function movedBy(key: string, date: string): string | undefined {
  const to = target(key, date);
  if (to === undefined) return undefined;
  const year = date.slice(0, 4);
  if (to < `${year}-01-01`) return `${year}-01-01`;
  return to > `${year}-12-31` ? `${year}-12-31` : to;
}

function target(key: string, date: string): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(date, -1);
    case 'ArrowRight':
      return addDays(date, 1);
    case 'ArrowUp':
      return addDays(date, -7);
    case 'ArrowDown':
      return addDays(date, 7);
    case 'Home':
      return addDays(date, -weekdayOf(date));
    case 'End':
      return addDays(date, 6 - weekdayOf(date));
    case 'PageUp':
      return sameDay(date, -1);
    case 'PageDown':
      return sameDay(date, 1);
    default:
      return undefined;
  }
}

/** The same number in another month, or that month's last day. */
function sameDay(date: string, by: number): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + by, Math.min(day, last)));
}
