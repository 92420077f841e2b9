import { concernGroups, concerns } from '@/features/deadline/concerns';
import { deskChoices, type DossierSearch } from '@/features/dossier/filters';
import { capital } from '@/shared/ui/format';
import type { Board, BoardPart, Concern, ConcernCount } from '@/shared/api/types';

/** How many stand in each list; what is not named has nobody. */
export type Counts = Partial<Record<Concern, number>>;

export interface CountRow {
  key: string;
  name: string;
  counts: Counts;
}

/** The tables of the board: by what it is parted. */
export const parts = ['authorities', 'desks', 'officers', 'procedures'] as const;
export type Part = (typeof parts)[number];

export const countsOf = (list: ConcernCount[]): Counts =>
  Object.fromEntries(list.filter((c) => c.count > 0).map((c) => [c.concern, c.count]));

const sum = (counts: Counts, of: readonly Concern[]) => of.reduce((n, c) => n + (counts[c] ?? 0), 0);

/** The rows of a table, whoever has most that is late first, then most that is near; names settle the rest. */
export function rowsOf(found: BoardPart[], nameOf: (part: BoardPart) => string): CountRow[] {
  const rows = found.map((part) => ({ key: part.key, name: nameOf(part), counts: countsOf(part.counts) }));
  return rows.sort((a, b) => {
    for (const { concerns: of } of concernGroups) {
      const more = sum(b.counts, of) - sum(a.counts, of);
      if (more !== 0) return more;
    }
    return a.name.localeCompare(b.name, 'vi') || a.key.localeCompare(b.key);
  });
}

/** The lists in which anybody stands, in their order: a column of nothing but zeros tells nothing. */
export const columnsOf = (rows: { counts: Counts }[]): Concern[] =>
  concerns.filter((c) => rows.some((row) => (row.counts[c] ?? 0) > 0));

/** The list behind a number: as a filter of the list of dossiers, which stands in the address. */
export function listBehind(concern: Concern, of?: { part: Part; key: string }): DossierSearch {
  const search: DossierSearch = { concern };
  // The board counts what is in hand, this list alone has what is finished too.
  if (concern === 'apology_missing') search.open = true;
  if (of?.part === 'authorities') search.authority = of.key;
  if (of?.part === 'desks') search.desk = deskChoices.find((d) => d === of.key);
  if (of?.part === 'officers') search.handler = of.key;
  if (of?.part === 'procedures') search.procedure = of.key;
  return search;
}

/** A body's name as it is read from afar: "Phường Trần Hưng Đạo" and not its committee. */
export const shortName = (name: string): string => capital(name.replace(/^Ủy ban nhân dân\s+/iu, ''));

/** How many wards go on a wall screen at a time, legible at five metres. */
export const WALL_ROWS = 4;
/** How long a page of wards stands there. */
const WALL_PAGE_MS = 15_000;

/** The wards that are shown at a moment, page after page by the clock: nobody turns them. */
export function wallPage<T>(rows: T[], now: number): { rows: T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / WALL_ROWS));
  const page = Math.floor(now / WALL_PAGE_MS) % pages;
  return { rows: rows.slice(page * WALL_ROWS, (page + 1) * WALL_ROWS), page: page + 1, pages };
}

/** Numbers older than this are not now's any more. */
const OLD_MS = 3 * 60_000;

/** Whether what is shown must be called old: it could not be fetched again, or not for long. */
export const isOld = (board: Board, failed: boolean, now: number): boolean =>
  failed || now - Date.parse(board.at) > OLD_MS;
