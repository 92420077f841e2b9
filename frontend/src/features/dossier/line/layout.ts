/**
 * Where things stand on a dossier's line of time. Nothing here knows of dossiers or of the screen: instants in,
 * pixels out.
 */

const ZONE_MS = 7 * 3_600_000;
const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A day of the calendar; without one (the calendar does not reach so far) no day rests. */
export interface LineDay {
  date: string;
  rest: boolean;
  /** Minutes since midnight. */
  shifts: { from: number; to: number; counts: boolean }[];
}

/** Something at an instant, with the words that stand over it. */
export interface Mark {
  id: string;
  at: number;
  label: string;
  /** Room for a sign before the words. */
  extra?: number;
}

export interface Stretch<Kind extends string = string> {
  kind: Kind;
  from: number;
  to: number;
}

/** The midnight a day of Vietnam begins with. */
export const dayStart = (date: string) => Date.parse(`${date}T00:00:00Z`) - ZONE_MS;
/** The day of Vietnam an instant falls on. */
export const dayOf = (at: number) => new Date(at + ZONE_MS).toISOString().slice(0, 10);

/** Every day from one instant to another. */
export function daysBetween(from: number, to: number): string[] {
  const out: string[] = [];
  const last = dayStart(dayOf(to));
  for (let at = dayStart(dayOf(from)); at <= last; at += DAY_MS) out.push(dayOf(at));
  return out;
}

/** A span of days cut into parts of at most so many. */
export function partsOf(days: readonly string[], most: number): { from: string; to: string }[] {
  const parts: { from: string; to: string }[] = [];
  for (let i = 0; i < days.length; i += most) {
    const from = days[i];
    const to = days[Math.min(i + most, days.length) - 1];
    if (from && to) parts.push({ from, to });
  }
  return parts;
}

export type Detail = 'shifts' | 'days' | 'months';

/** As many days as are drawn shift by shift, and as are told one by one below the line. */
const SHIFTS_UP_TO = 10;
const DAYS_UP_TO = 60;
/** How wide a worked and a rest day are at least. */
const WIDTHS: Record<Detail, [work: number, rest: number]> = {
  shifts: [92, 34],
  days: [22, 11],
  months: [5, 3],
};
/** Room at both ends, so that no mark is cut. */
const MARGIN = 14;
/** Nights are told by a narrow edge of the day: what matters happens in the hours. */
const NIGHT_SHARE = 0.06;
const BEFORE_HOURS = 30;

export interface Band {
  date: string;
  x: number;
  width: number;
  rest: boolean;
}

export interface Bar {
  x: number;
  width: number;
  counts: boolean;
}

export interface Scale {
  detail: Detail;
  width: number;
  bands: Band[];
  /** The shifts, where they are wide enough to be told apart. */
  bars: Bar[];
  /** Where an instant stands; never outside. */
  x: (at: number) => number;
}

export const detailOf = (days: number): Detail =>
  days <= SHIFTS_UP_TO ? 'shifts' : days <= DAYS_UP_TO ? 'days' : 'months';

/** Lays consecutive days side by side, at least `room` wide; a rest day is narrower, a night narrower still. */
export function scaleOf(days: readonly LineDay[], room: number): Scale {
  const detail = detailOf(days.length);
  const [work, rest] = WIDTHS[detail];
  const natural = days.reduce((sum, day) => sum + (day.rest ? rest : work), 0);
  const stretch = Math.max(1, (room - 2 * MARGIN) / Math.max(1, natural));
  const knots: [at: number, x: number][] = [];
  const bands: Band[] = [];
  let x = MARGIN;
  for (const day of days) {
    const width = (day.rest ? rest : work) * stretch;
    const start = dayStart(day.date);
    knots.push([start, x]);
    if (detail === 'shifts' && day.shifts.length > 0) {
      const open = Math.max(1, Math.min(...day.shifts.map((s) => s.from)) - BEFORE_HOURS);
      const close = Math.min(1439, Math.max(...day.shifts.map((s) => s.to)) + BEFORE_HOURS);
      knots.push([start + open * MINUTE_MS, x + width * NIGHT_SHARE]);
      knots.push([start + close * MINUTE_MS, x + width * (1 - NIGHT_SHARE)]);
    }
    bands.push({ date: day.date, x, width, rest: day.rest });
    x += width;
  }
  const last = days.at(-1);
  if (last) knots.push([dayStart(last.date) + DAY_MS, x]);
  const place = (at: number) => between(knots, at);
  const bars =
    detail === 'shifts'
      ? days.flatMap((day) =>
          day.shifts.map((s) => {
            const from = place(dayStart(day.date) + s.from * MINUTE_MS);
            return {
              x: from,
              width: place(dayStart(day.date) + s.to * MINUTE_MS) - from,
              counts: s.counts,
            };
          }),
        )
      : [];
  return { detail, width: x + MARGIN, bands, bars, x: place };
}

/** On the broken line through the knots; before the first and after the last its ends. */
function between(knots: readonly [number, number][], at: number): number {
  let low = 0;
  let high = knots.length - 1;
  const first = knots[low];
  const last = knots[high];
  if (!first || !last) return MARGIN;
  if (at <= first[0]) return first[1];
  if (at >= last[0]) return last[1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((knots[middle]?.[0] ?? 0) <= at) low = middle;
    else high = middle;
  }
  const [fromAt, fromX] = knots[low] ?? first;
  const [toAt, toX] = knots[high] ?? last;
  return fromX + ((at - fromAt) / (toAt - fromAt)) * (toX - fromX);
}

export interface Label {
  id: string;
  text: string;
  /** Where its mark stands. */
  at: number;
  /** Its left edge and its width. */
  x: number;
  width: number;
  /** 0 is the lane next to the line. */
  lane: number;
}

/** A letter of the labels is not wider than this, the widest of a line on average. */
const LETTER = 7;
const LABEL_PADDING = 10;
const LABEL_GAP = 6;
/** A frame is not cut at the edge. */
const EDGE = 1;

export const labelWidth = (text: string) => text.length * LETTER + LABEL_PADDING;

/** Puts the words over their marks, in as few lanes as leave none in another's way. */
export function labelsOf(marks: readonly Mark[], scale: Pick<Scale, 'x' | 'width'>): Label[] {
  const ends: number[] = [];
  return (
    marks
      .map((mark) => {
        const at = scale.x(mark.at);
        const width = Math.min(labelWidth(mark.label) + (mark.extra ?? 0), scale.width - 2 * EDGE);
        const x = Math.min(Math.max(EDGE, at - width / 2), scale.width - EDGE - width);
        return { id: mark.id, text: mark.label, at, x, width };
      })
      // What happened first stands next to the line; equal instants keep their order.
      .sort((a, b) => a.at - b.at)
      .map((label) => {
        const free = ends.findIndex((end) => end + LABEL_GAP <= label.x);
        const lane = free === -1 ? ends.length : free;
        ends[lane] = label.x + label.width;
        return { ...label, lane };
      })
  );
}

export interface Dot {
  x: number;
  count: number;
}

const DOT_GAP = 11;

/** Steps as dots; those too close to be told apart are one, with their number. */
export function dotsOf(instants: readonly number[], scale: Pick<Scale, 'x'>): Dot[] {
  const dots: Dot[] = [];
  for (const x of instants.map(scale.x).sort((a, b) => a - b)) {
    const last = dots.at(-1);
    if (last && x - last.x < DOT_GAP) last.count += 1;
    else dots.push({ x, count: 1 });
  }
  return dots;
}

/** Stretches in their order, none in another and none outside the span. */
export function apart<S extends Stretch>(stretches: readonly S[], from: number, to: number): S[] {
  const out: S[] = [];
  let free = from;
  for (const s of [...stretches].sort((a, b) => a.from - b.from)) {
    const begin = Math.max(s.from, free);
    const end = Math.min(s.to, to);
    if (end <= begin) continue;
    out.push({ ...s, from: begin, to: end });
    free = end;
  }
  return out;
}

export interface Tick {
  x: number;
  date: string;
}

const TICK_GAP = 46;

/** The days (on a long line the first days of months) that are told below the line, as many as there is room for. */
export function ticksOf(scale: Pick<Scale, 'bands' | 'detail' | 'width'>): Tick[] {
  const ticks: Tick[] = [];
  for (const band of scale.bands) {
    if (scale.detail === 'months' && !band.date.endsWith('-01')) continue;
    const x = scale.detail === 'months' ? band.x : band.x + band.width / 2;
    const last = ticks.at(-1);
    const inside = x >= TICK_GAP / 2 && x <= scale.width - TICK_GAP / 2;
    if (inside && (!last || x - last.x >= TICK_GAP)) ticks.push({ x, date: band.date });
  }
  return ticks;
}

/** Rest days that follow each other, as stretches of first and last day. */
export function restsOf(bands: readonly Band[]): [first: string, last: string][] {
  const out: [string, string][] = [];
  bands.forEach((band, i) => {
    const open = out.at(-1);
    if (!band.rest) return;
    if (open && bands[i - 1]?.rest) open[1] = band.date;
    else out.push([band.date, band.date]);
  });
  return out;
}
