import { monthDays, shiftMonth } from '@/features/calendar/month';
import type { SheetPart, SheetSums, TreasuryMonth } from '@/shared/api/types';
import type { IconName } from '@/shared/ui/Icon';
import type { Tone } from '@/shared/ui/Notice';

/** Days from one to another, both in it. */
export interface Days {
  from: string;
  to: string;
}

/** Whether a text is a day as `YYYY-MM-DD`. */
export const isDay = (value: unknown): value is string => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

/** Spans that are asked for again and again. */
export const spans = ['today', 'month', 'last'] as const;
export type Span = (typeof spans)[number];

/** The days of a span, as seen on a day; of the running month those that have come. */
export function daysOf(span: Span, today: string): Days {
  const month = today.slice(0, 7);
  if (span === 'today') return { from: today, to: today };
  if (span === 'month') return { from: `${month}-01`, to: today };
  return monthDays(shiftMonth(month, -1));
}

/** The days that an address names; the running month where it names none. */
export const daysFrom = (search: Partial<Days>, today: string): Days =>
  search.from && search.to ? { from: search.from, to: search.to } : daysOf('month', today);

/** The sorts of money, as sheets tell them apart. */
export const sorts = ['phi', 'le_phi'] as const;
export type SheetSort = (typeof sorts)[number];

/** What a sheet says of a sort of money, in its order. */
export const sumColumns = [
  'assessed_vnd',
  'waived_vnd',
  'transfer_vnd',
  'card_vnd',
  'cash_vnd',
  'online_vnd',
  'bank_vnd',
  'voided_vnd',
  'returned_vnd',
  'collected_vnd',
  'handed_over_vnd',
] as const satisfies (keyof SheetSums)[];

/** What came to the bank and went back, and how often money was collected. */
export const flowColumns = [
  'received_vnd',
  'refunded_vnd',
  'cashless_payments',
  'cash_payments',
] as const satisfies (keyof SheetPart)[];

/** Whether anything stands in a row. */
export const saysSomething = <K extends string>(row: Record<K, number>, columns: readonly K[]) =>
  columns.some((column) => row[column] !== 0);

/** A share in thousandths as a share in hundredths with one decimal, as it is written here: 99,9%. */
export const formatShare = (permille: number) => `${(permille / 10).toFixed(1).replace('.', ',')}%`;

/** 03/2026 */
export const formatMonth = (day: string) => day.slice(0, 7).split('-').reverse().join('/');

/** Months of which there is anything to say, and the running one. */
export const toldMonths = (months: TreasuryMonth[]) =>
  months.filter(
    (m) =>
      !m.over ||
      saysSomething(m, ['phi_vnd', 'le_phi_vnd', 'handed_phi_vnd', 'handed_le_phi_vnd', 'kept_phi_vnd']),
  );

/** Whether something of a month is still to go on. */
export const isLeft = (month: TreasuryMonth) => month.left_phi_vnd > 0 || month.left_le_phi_vnd > 0;

/** Where the money of a month stands. */
export type MonthStanding = 'overdue' | 'due' | 'running' | 'more' | 'settled' | 'nothing';

export function standingOf(month: TreasuryMonth): MonthStanding {
  if (month.overdue) return 'overdue';
  if (isLeft(month)) return month.over ? 'due' : 'running';
  if (month.left_phi_vnd < 0 || month.left_le_phi_vnd < 0) return 'more';
  return month.phi_vnd || month.le_phi_vnd ? 'settled' : 'nothing';
}

/** How it looks; the word beside it says the same. */
export const standingTone: Record<MonthStanding, [Tone, IconName | undefined]> = {
  overdue: ['late', 'late'],
  due: ['soon', 'clock'],
  running: ['accent', 'clock'],
  more: ['soon', 'info'],
  settled: ['good', 'check'],
  nothing: ['plain', undefined],
};
