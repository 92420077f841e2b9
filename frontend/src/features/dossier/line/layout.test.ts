import { describe, expect, it } from 'vitest';
import {
  apart,
  dayOf,
  dayStart,
  daysBetween,
  DAY_MS,
  dotsOf,
  labelsOf,
  partsOf,
  restsOf,
  scaleOf,
  ticksOf,
  type LineDay,
  type Mark,
} from './layout';

const at = (text: string) => Date.parse(`${text}:00+07:00`);
/** Monday to Friday worked in two shifts, Saturday served, Sunday closed. */
function days(from: string, count: number): LineDay[] {
  return Array.from({ length: count }, (_, i) => {
    const date = dayOf(dayStart(from) + i * DAY_MS);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    const morning = { from: 450, to: 690 };
    const shifts =
      weekday === 0
        ? []
        : weekday === 6
          ? [{ ...morning, counts: false }]
          : [
              { ...morning, counts: true },
              { from: 810, to: 1050, counts: true },
            ];
    return { date, rest: weekday === 0 || weekday === 6, shifts };
  });
}
/** Some hundred instants from before the span until after it, the same in every run. */
function instants(from: string, count: number): number[] {
  let seed = 7;
  const next = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: 400 }, () => dayStart(from) + (next() * 1.2 - 0.1) * count * DAY_MS).sort(
    (a, b) => a - b,
  );
}
const spans: [from: string, days: number][] = [
  ['2026-03-02', 1],
  ['2026-02-27', 6],
  ['2026-03-02', 30],
  ['2025-11-20', 140],
  ['2024-01-01', 1096],
];

describe.each(spans)('a span from %s of %i days', (from, count) => {
  const scale = scaleOf(days(from, count), 560);

  it('is at least as wide as the room, and its days fill it without gaps', () => {
    expect(scale.width).toBeGreaterThanOrEqual(559.9);
    expect(scale.bands).toHaveLength(count);
    scale.bands.forEach((band, i) => {
      const before = scale.bands[i - 1];
      if (before) expect(band.x).toBeCloseTo(before.x + before.width, 6);
      expect(band.x + band.width).toBeLessThanOrEqual(scale.width);
    });
  });

  it('places instants in the order of time, none outside', () => {
    const xs = instants(from, count).map(scale.x);
    xs.forEach((x, i) => {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(scale.width);
      if (i > 0) expect(x).toBeGreaterThanOrEqual(xs[i - 1] ?? 0);
    });
    // Within the span two instants never fall together.
    const inside = instants(from, count).filter(
      (t) => t > dayStart(from) && t < dayStart(from) + count * DAY_MS,
    );
    inside.slice(1).forEach((t, i) => expect(scale.x(t)).toBeGreaterThan(scale.x(inside[i] ?? 0)));
  });

  it('places a day within its own band', () => {
    for (const band of scale.bands) {
      expect(scale.x(dayStart(band.date))).toBeCloseTo(band.x, 6);
      expect(scale.x(dayStart(band.date) + DAY_MS - 1)).toBeLessThanOrEqual(band.x + band.width + 1e-6);
    }
  });

  it('lays no label over another and none outside', () => {
    const texts = ['Tiếp nhận 09:12 27/02', 'Hẹn trả 17:30 05/03', 'Hiện tại', 'Bàn giao trước 17:30 02/03'];
    const marks: Mark[] = instants(from, count)
      .filter((_, i) => i % 20 === 0)
      .map((t, i) => ({ id: String(i), at: t, label: texts[i % texts.length] ?? '' }));
    const labels = labelsOf(marks, scale);
    expect(labels).toHaveLength(marks.length);
    for (const a of labels) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width).toBeLessThanOrEqual(scale.width + 1e-6);
      for (const b of labels)
        if (a !== b && a.lane === b.lane) expect(a.x + a.width <= b.x || b.x + b.width <= a.x).toBe(true);
    }
  });

  it('tells days below it with room between', () => {
    const ticks = ticksOf(scale);
    expect(ticks.length).toBeGreaterThan(0);
    ticks.slice(1).forEach((tick, i) => expect(tick.x - (ticks[i]?.x ?? 0)).toBeGreaterThanOrEqual(46));
  });

  it('keeps count of steps that stand too close to be told apart', () => {
    const dots = dotsOf(instants(from, count), scale);
    expect(dots.reduce((sum, dot) => sum + dot.count, 0)).toBe(400);
    dots.slice(1).forEach((dot, i) => expect(dot.x - (dots[i]?.x ?? 0)).toBeGreaterThanOrEqual(11));
  });
});

describe('a short span', () => {
  const scale = scaleOf(days('2026-02-27', 5), 560);
  it('shows shifts within their days, and rest days narrower', () => {
    expect(scale.detail).toBe('shifts');
    const [friday, saturday] = scale.bands;
    expect(saturday?.width).toBeLessThan(friday?.width ?? 0);
    // Two on Friday, the one of Saturday that only serves.
    expect(scale.bars.slice(0, 3).map((b) => b.counts)).toEqual([true, true, false]);
    const [morning] = scale.bars;
    expect(morning?.x).toBeGreaterThan(friday?.x ?? 0);
    expect(morning?.width).toBeGreaterThan(10);
  });
  it('gives the hours nearly all the room of a day', () => {
    const day = scale.bands[0]?.width ?? 0;
    expect(scale.x(at('2026-02-27T18:00')) - scale.x(at('2026-02-27T07:00'))).toBeCloseTo(day * 0.88, 0);
  });
});

it('a long span has no shifts, and months instead of days below', () => {
  const scale = scaleOf(days('2025-11-20', 140), 560);
  expect(scale.bars).toEqual([]);
  expect(ticksOf(scale).map((t) => t.date.slice(8))).toEqual(expect.arrayContaining(['01']));
  expect(ticksOf(scale).every((t) => t.date.endsWith('-01'))).toBe(true);
});

describe('days', () => {
  it('are those of Vietnam, both ends included', () => {
    expect(daysBetween(at('2026-02-27T23:59'), at('2026-03-02T00:00'))).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(dayOf(Date.parse('2026-03-01T17:30:00Z'))).toBe('2026-03-02');
  });
  it('are asked in parts that follow each other', () => {
    const all = daysBetween(at('2024-01-01T08:00'), at('2026-03-02T09:00'));
    const parts = partsOf(all, 366);
    expect(parts).toHaveLength(3);
    expect(parts[0]).toEqual({ from: '2024-01-01', to: '2024-12-31' });
    expect(parts[1]?.from).toBe('2025-01-01');
    expect(parts.at(-1)?.to).toBe('2026-03-02');
    expect(partsOf([], 366)).toEqual([]);
  });
});

it('no pause is in another, before the line or after it', () => {
  const pause = (from: number, to: number) => ({ kind: 'pause', from, to });
  expect(apart([pause(50, 80), pause(10, 30), pause(20, 60), pause(25, 28)], 15, 70)).toEqual([
    pause(15, 30),
    pause(30, 60),
    pause(60, 70),
  ]);
  expect(apart([pause(5, 5), pause(90, 95)], 0, 50)).toEqual([]);
});

it('rest days that follow each other are told as one stretch', () => {
  expect(restsOf(scaleOf(days('2026-02-28', 9), 560).bands)).toEqual([
    ['2026-02-28', '2026-03-01'],
    ['2026-03-07', '2026-03-08'],
  ]);
  expect(restsOf(scaleOf(days('2026-03-02', 3), 560).bands)).toEqual([]);
});
