import { localDate } from '@/shared/ui/format';

/** The first year of which there are answers: wards serve since 1 July 2025. */
const FIRST = '2025-Q3';

/** Whether a text names a quarter as `2026-Q4`. */
export const isQuarter = (value: unknown): value is string =>
  typeof value === 'string' && /^20\d{2}-Q[1-4]$/.test(value);

/** The quarter of a day `YYYY-MM-DD`. */
export const quarterOf = (day: string): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** The quarter before. */
export function quarterBefore(quarter: string): string {
  const { year, number } = partsOf(quarter);
  return number === 1 ? `${year - 1}-Q4` : `${year}-Q${number - 1}`;
}

/** A quarter's year and its number in it. */
export const partsOf = (quarter: string) => ({
  year: Number(quarter.slice(0, 4)),
  number: Number(quarter.slice(6)) as 1 | 2 | 3 | 4,
});

/** All quarters of which there can be answers, this one first. */
export function quartersUntil(now: Date): [string, ...string[]] {
  const last = quarterOf(localDate(now));
  const all: [string, ...string[]] = [last];
  for (let q = quarterBefore(last); q >= FIRST; q = quarterBefore(q)) all.push(q);
  return all;
}

/** Those that are over: what is counted about one person is told only of them. */
export const quartersOver = (now: Date): [string, ...string[]] => {
  const [current, ...over] = quartersUntil(now);
  return [over[0] ?? quarterBefore(current), ...over.slice(1)];
};
