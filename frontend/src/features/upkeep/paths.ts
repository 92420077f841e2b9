import type { FileFormat } from '@/shared/api/types';

/** A piece of the way to a member: its name, the place of an item in its list, or the item's own name. */
export type Step = { member: string } | { nth: number } | { id: string };

/** Members that are lists: behind them stands which of their items is meant. */
const LISTS = ['procedures', 'components', 'fees', 'exemptions', 'steps'];

/** Where the word for a member is looked for, in this order. */
export const GROUPS = ['draft:member', 'catalogue:flag', 'upkeep:member'] as const;

/** Where a complaint about a file belongs. */
export interface Place {
  /** The sheet's line, or the how-manieth item of the list, counted from one; `null` for the file itself. */
  row: number | null;
  /** The column, or the way to the member; empty for the whole row. */
  steps: Step[];
  /** The column as the sheet itself calls it. */
  column: string | null;
}

const isNumber = (s: string | undefined): s is string => s !== undefined && /^\d+$/.test(s);
const unescape = (s: string) => s.replaceAll('~1', '/').replaceAll('~0', '~');

/** A pointer without its first slash, piece by piece. */
const pieces = (pointer: string) =>
  pointer
    .replace(/^#?\//, '')
    .split('/')
    .filter((s) => s !== '')
    .map(unescape);

/** Members and items in turn, read from the pieces of a pointer. */
export function stepsOf(names: string[]): Step[] {
  return names.map((name, i) => {
    const inList = i > 0 && LISTS.includes(names[i - 1] ?? '');
    if (!inList) return { member: name };
    return isNumber(name) ? { nth: Number(name) + 1 } : { id: name };
  });
}

/** What a version says otherwise: `/fees/le_phi/amount_vnd`. */
export const changeSteps = (path: string): Step[] => stepsOf(pieces(path));

/**
 * Reads where a fault is: `/12/limits.direct.unit` in a sheet, `/procedures/3/fees/0/kind` in a catalogue file,
 * `/3/code` in a bare list.
 */
export function placeOf(pointer: string, format: FileFormat): Place {
  const parts = pieces(pointer);
  const [first, second, ...rest] = parts;
  if (format === 'csv') {
    if (!isNumber(first)) return { row: null, steps: stepsOf(parts), column: null };
    const column = parts.slice(1).join('/') || null;
    return { row: Number(first), steps: column ? stepsOf(column.split('.')) : [], column };
  }
  if (first === 'procedures' && isNumber(second))
    return { row: Number(second) + 1, steps: stepsOf(rest), column: null };
  if (isNumber(first)) return { row: Number(first) + 1, steps: stepsOf(parts.slice(1)), column: null };
  return { row: null, steps: stepsOf(parts), column: null };
}

/** The codes of the items of a JSON file, as far as it can be read: a fault is found sooner by its procedure. */
export function codesIn(content: string): (string | undefined)[] {
  try {
    const file: unknown = JSON.parse(content);
    const whole = file as { procedures?: unknown; items?: unknown } | null;
    const list = whole?.procedures ?? whole?.items ?? file;
    if (!Array.isArray(list)) return [];
    return list.map((item: { code?: unknown } | null) =>
      typeof item?.code === 'string' ? item.code : undefined,
    );
  } catch {
    return [];
  }
}
