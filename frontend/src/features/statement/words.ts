import type { LineClass, StatementColumns } from '@/shared/api/types';
import { formatDate, formatDateTime, formatTime, groupVnd } from '@/shared/ui/format';
import type { IconName } from '@/shared/ui/Icon';
import type { Tone } from '@/shared/ui/Notice';

/** What lines are, what must be looked at first. */
export const lineClasses: LineClass[] = [
  'new',
  'differs',
  'unreadable',
  'outgoing',
  'refund',
  'treasury',
  'known',
];

/** What of a statement is listed: the lines of a class, or the money that it lacks; all its lines where nothing is said. */
export type Shown = LineClass | 'missing';

export const isShown = (value: unknown): value is Shown =>
  value === 'missing' || lineClasses.includes(value as LineClass);

/** How a line looks; the word beside it says the same. */
export const classTone: Record<LineClass, [Tone, IconName]> = {
  known: ['good', 'check'],
  new: ['accent', 'plus'],
  differs: ['soon', 'info'],
  refund: ['rest', 'handBack'],
  treasury: ['rest', 'treasury'],
  outgoing: ['plain', 'out'],
  unreadable: ['soon', 'cross'],
};

/** The columns in the order in which they are asked for; those that a bank may not have at last. */
export const columnNames = [
  'booked_on',
  'credit',
  'debit',
  'reference',
  'description',
  'payer_name',
  'payer_account',
] as const satisfies (keyof StatementColumns)[];
export type ColumnName = (typeof columnNames)[number];

/** Columns without which no line can be read. */
export const isNeeded = (column: ColumnName) =>
  column !== 'debit' && column !== 'payer_name' && column !== 'payer_account';

/** The columns that a refusal names, in the order in which they are asked for. */
export const columnsOf = (pointers: string[]): ColumnName[] =>
  columnNames.filter((column) => pointers.includes(`/columns/${column}`));

/** Most sheets say only the day: then midnight is no time. */
export const formatBooked = (at: string) =>
  formatTime(at) === '00:00' ? formatDate(at) : formatDateTime(at);

/** 01/03/2026 – 31/03/2026; one day alone. */
export function formatPeriod(first?: string | null, last?: string | null): string | null {
  if (!first || !last) return null;
  const [from, to] = [formatDate(first), formatDate(last)];
  return from === to ? from : `${from} – ${to}`;
}

/** A number of lines for a text that has a singular, and as it is written: 12.000. */
export const counted = (count: number) => ({ count, shown: groupVnd(count) });
