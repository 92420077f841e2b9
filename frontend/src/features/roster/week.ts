import { addDays, dayFrom, weekdayOf } from '@/features/calendar/year';
import type { Duty, Organisation, UncoveredShift } from '@/shared/api/types';

/** What the address of the roster may say. */
export interface RosterSearch {
  week?: string;
}

/** The Monday of the week that is asked for; of this one without a word. */
export function mondayOf(week: string | undefined, today: string): string {
  const day = dayFrom(week) ?? today;
  return addDays(day, -weekdayOf(day));
}

export const daysOfWeek = (monday: string) => Array.from({ length: 7 }, (_, i) => addDays(monday, i));

/** Who is expected at a duty: whoever stands in, else whoever was planned. */
export const expectedAt = (duty: Duty) => duty.stand_in ?? duty.user;

/** Whether it has something to do with this person: expected there, planned, or named to stand in. */
export const concerns = (duty: Duty, person: string) =>
  [duty.user, duty.substitute, duty.stand_in].some((p) => p?.id === person);

/** What stands in a cell of the week: somebody at a counter, or nobody. */
export type Entry =
  | { key: string; kind: 'duty'; duty: Duty; gap?: UncoveredShift }
  | { key: string; kind: 'gap'; gap: UncoveredShift };

/** A counter through the week; without an id: the centre serves, and no counter is chosen for it. */
export interface Row {
  id: string | null;
  name: string;
  /** By date, in the order of the clock. */
  cells: Record<string, Entry[]>;
}

/** The counters of one place: the centre's own house, a branch, a reception point. */
export interface Place {
  id: string | null;
  name: string | null;
  rows: Row[];
}

/** Quầy 2 comes before Quầy 10. */
const byName = new Intl.Collator('vi', { numeric: true });

const entryKey = (gap: UncoveredShift) =>
  `gap ${gap.date} ${gap.from} ${gap.counter_id ?? ''} ${gap.duty_id ?? ''}`;

/** Duties and empty times side by side. An empty time of a duty is told at the duty. */
function entriesOf(duties: readonly Duty[], gaps: readonly UncoveredShift[]) {
  const byDuty = new Map(gaps.flatMap((g) => (g.duty_id ? [[g.duty_id, g] as const] : [])));
  const shown = duties.filter((d) => !d.cancelled);
  const ids = new Set(shown.map((d) => d.id));
  const entries: { at: string | null; date: string; from: string; name?: string; entry: Entry }[] = [
    ...shown.map((duty) => ({
      at: duty.counter_id,
      date: duty.date,
      from: duty.from,
      name: duty.counter_name,
      entry: { key: duty.id, kind: 'duty' as const, duty, gap: byDuty.get(duty.id) },
    })),
    ...gaps
      .filter((g) => !g.duty_id || !ids.has(g.duty_id))
      .map((gap) => ({
        at: gap.counter_id ?? null,
        date: gap.date,
        from: gap.from,
        name: gap.counter_name ?? undefined,
        entry: { key: entryKey(gap), kind: 'gap' as const, gap },
      })),
  ];
  return entries.sort((a, b) => a.from.localeCompare(b.from) || a.entry.key.localeCompare(b.entry.key));
}

/** The week by place and counter: every counter that is open on one of its days, and whatever else is named. */
export function placesOf(
  days: readonly string[],
  duties: readonly Duty[],
  gaps: readonly UncoveredShift[],
  organisation?: Pick<Organisation, 'counters' | 'points'>,
): Place[] {
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const rows = new Map<string | null, Row>();
  const rowAt = (id: string | null, name: string) => {
    const row = rows.get(id) ?? { id, name, cells: {} };
    rows.set(id, row);
    return row;
  };
  for (const c of organisation?.counters ?? [])
    if (c.valid_from <= last && (!c.valid_to || c.valid_to >= first)) rowAt(c.id, c.name);
  for (const { at, date, name, entry } of entriesOf(duties, gaps)) {
    if (!days.includes(date)) continue;
    const row = rowAt(at, name ?? '');
    (row.cells[date] ??= []).push(entry);
  }
  const pointOf = (id: string | null) => organisation?.counters.find((c) => c.id === id)?.point_id ?? null;
  const places = new Map<string | null, Place>();
  for (const row of rows.values()) {
    const id = pointOf(row.id);
    const name = organisation?.points.find((p) => p.id === id)?.name ?? null;
    const place = places.get(id) ?? { id, name, rows: [] };
    place.rows.push(row);
    places.set(id, place);
  }
  const sorted = [...places.values()].sort((a, b) =>
    a.id === null ? -1 : b.id === null ? 1 : byName.compare(a.name ?? '', b.name ?? ''),
  );
  for (const place of sorted)
    place.rows.sort((a, b) => (a.id === null ? -1 : b.id === null ? 1 : byName.compare(a.name, b.name)));
  return sorted;
}

/** Where an entry stands: in which column of which row, as the how-many-eth. */
export interface Spot {
  key: string;
  row: number;
  column: number;
}

/** The entries of the week one after another, day by day, each with where it stands. */
export function spotsOf(days: readonly string[], places: readonly Place[]): Spot[] {
  const rows = places.flatMap((p) => p.rows);
  return days.flatMap((date, column) =>
    rows.flatMap((r, row) => (r.cells[date] ?? []).map(({ key }) => ({ key, row, column }))),
  );
}

/** Where a key leads from an entry: up and down through its day, left and right to the nearest of another day. */
export function ledBy(pressed: string, from: string, spots: readonly Spot[]): string | undefined {
  const here = spots.find((s) => s.key === from);
  if (!here) return undefined;
  const day = spots.filter((s) => s.column === here.column);
  const at = day.indexOf(here);
  switch (pressed) {
    case 'ArrowDown':
      return day[at + 1]?.key;
    case 'ArrowUp':
      return day[at - 1]?.key;
    case 'Home':
      return spots[0]?.key;
    case 'End':
      return spots.at(-1)?.key;
    case 'ArrowLeft':
    case 'ArrowRight': {
      const step = pressed === 'ArrowRight' ? 1 : -1;
      for (let column = here.column + step; column >= 0 && column < 7; column += step) {
        const [nearest] = spots
          .filter((s) => s.column === column)
          .sort((a, b) => Math.abs(a.row - here.row) - Math.abs(b.row - here.row));
        if (!nearest) continue;
        // Within the same counter the first shift leads to the first, the second to the second.
        const own = day.filter((s) => s.row === here.row).indexOf(here);
        const there = spots.filter((s) => s.column === column && s.row === nearest.row);
        return (there[own] ?? there.at(-1))?.key;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Who cannot come at that time, as far as the duties of the day tell, and where they are then. */
export function busyAt(duties: readonly Duty[], date: string, from: string, to: string): Map<string, Duty> {
  const busy = new Map<string, Duty>();
  for (const d of duties)
    if (!d.cancelled && d.date === date && d.from < to && from < d.to) busy.set(expectedAt(d).id, d);
  return busy;
}

/** Hours and minutes of an amount of time, which may be below zero. */
export function hoursOf(minutes: number) {
  const all = Math.abs(minutes);
  return { below: minutes < 0, hours: Math.floor(all / 60), minutes: all % 60 };
}

const givenName = (name: string) => name.trim().split(/\s+/).at(-1) ?? name;

/** People as a list of names is read here: by given name, then by the whole. */
export const byGivenName = <T extends { full_name: string }>(people: readonly T[]): T[] =>
  [...people].sort(
    (a, b) =>
      byName.compare(givenName(a.full_name), givenName(b.full_name)) ||
      byName.compare(a.full_name, b.full_name),
  );

/** Empty times gathered by day. */
export function byDate(gaps: readonly UncoveredShift[]): [date: string, gaps: UncoveredShift[]][] {
  const days = new Map<string, UncoveredShift[]>();
  for (const gap of gaps) days.set(gap.date, [...(days.get(gap.date) ?? []), gap]);
  return [...days];
}
