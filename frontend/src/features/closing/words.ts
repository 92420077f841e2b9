import type { CountedNotes, NewTillClosing, OpenTill, Till, TillSum } from '@/shared/api/types';
import { formatDate, formatTime } from '@/shared/ui/format';

type Method = TillSum['method'];
type Kept = Pick<TillSum, 'method' | 'net_vnd'>;

/** What a cashier counts; of what was transferred the bank's book tells. */
export const countedMethods = ['card', 'cash'] as const satisfies Method[];
export type CountedMethod = (typeof countedMethods)[number];

/** Whether anything of a till went this way. */
export const wasTaken = (sums: Kept[], method: Method) => sums.some((s) => s.method === method);

/** What should be there of it, in đồng. */
export const dueOf = (sums: Kept[], method: Method) =>
  sums.reduce((all, s) => (s.method === method ? all + s.net_vnd : all), 0);

/** What was counted, as it is typed. */
export interface Counting {
  card: number | null;
  /** How many notes, by their value; nothing where nothing is typed. */
  notes: Record<number, string>;
  counter: string;
  reason: string;
}

export const EMPTY: Counting = { card: null, notes: {}, counter: '', reason: '' };

/** What notes are worth together, in đồng. */
export const worthOf = (notes: CountedNotes[]) => notes.reduce((all, n) => all + n.value_vnd * n.count, 0);

/** The notes that were counted, in the order in which they are asked for; null: none of them was. */
export function notesOf(values: number[], typed: Counting['notes']): CountedNotes[] | null {
  if (values.every((value) => !typed[value])) return null;
  return values.map((value) => ({ value_vnd: value, count: Number(typed[value] ?? 0) }));
}

/** What should be there, and what is; null: not counted. */
export interface Weighed {
  method: CountedMethod;
  due: number;
  counted: number | null;
}

/** What is counted, held against what should be there, each way of paying that was taken. */
export const weigh = (sums: Kept[], counted: Record<CountedMethod, number | null>): Weighed[] =>
  countedMethods
    .filter((method) => wasTaken(sums, method))
    .map((method) => ({ method, due: dueOf(sums, method), counted: counted[method] }));

/** What was counted less what should be there, in đồng; null: something is still to be counted. */
export function differenceOf(weighed: Weighed[]): number | null {
  let difference = 0;
  for (const { due, counted } of weighed) {
    if (counted === null) return null;
    difference += counted - due;
  }
  return difference;
}

/** What is still lacking before a till can be closed. */
export type Lack = 'card_vnd' | 'cash_notes' | 'reason';

const FIELD = { card: 'card_vnd', cash: 'cash_notes' } as const;

export function lacksOf(weighed: Weighed[], reason: string): Lack[] {
  const lacks: Lack[] = weighed.filter((w) => w.counted === null).map((w) => FIELD[w.method]);
  if (differenceOf(weighed) && reason.trim() === '') lacks.push('reason');
  return lacks;
}

/** What is sent: of what was not taken nothing is counted, and where nothing differs nothing is explained. */
export function closingOf(
  till: Till,
  open: OpenTill,
  counting: Counting,
  difference: number,
): NewTillClosing {
  const { sums, until_seq } = open;
  return {
    centre_id: till.centre_id,
    until_seq,
    counter_id: counting.counter || null,
    card_vnd: wasTaken(sums, 'card') ? counting.card : null,
    cash_notes: wasTaken(sums, 'cash') ? notesOf(till.notes_vnd, counting.notes) : null,
    reason: difference === 0 ? null : counting.reason.trim(),
  };
}

/** From when until when it was collected, all of one day: "08:01 – 16:25". */
export function formatSpan(first: string, last: string): string {
  const [from, to] = [formatTime(first), formatTime(last)];
  return from === to ? from : `${from} – ${to}`;
}

/** The name of a closing's file, where the server gives none. */
export const fileName = (closing: { day: string; number: number }, ending: 'pdf' | 'xlsx') =>
  `khoa-so-${closing.day}-${closing.number}.${ending}`;

/** What a closing is called: its number and its day. */
export const named = (closing: { day: string; number: number }) => ({
  number: closing.number,
  day: formatDate(closing.day),
});
