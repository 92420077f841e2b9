import { describe, expect, it } from 'vitest';
import type { Board, BoardPart, Concern } from '@/shared/api/types';
import { columnsOf, isOld, listBehind, rowsOf, shortName, wallPage } from './board';

const part = (key: string, counts: Partial<Record<Concern, number>>): BoardPart => ({
  key,
  counts: Object.entries(counts).map(([concern, count]) => ({ concern: concern as Concern, count })),
});
const name = (p: BoardPart) => p.name ?? p.key;

describe('the rows of a table', () => {
  it('begin with whoever has most that is late, then most that is near, then by name', () => {
    const rows = rowsOf(
      [
        part('đ', { due_soon: 9 }),
        part('c', { due_soon: 9 }),
        part('b', { overdue: 1 }),
        part('a', { overdue: 1, apology_missing: 1 }),
        part('e', { paused_too_long: 20 }),
      ],
      name,
    );
    expect(rows.map((r) => r.key)).toEqual(['a', 'b', 'c', 'đ', 'e']);
  });
  it('have a column only where anybody stands, in the order of the board', () => {
    const rows = rowsOf([part('a', { due_soon: 2, overdue: 0 }), part('b', { overdue: 1 })], name);
    expect(columnsOf(rows)).toEqual(['overdue', 'due_soon']);
    expect(columnsOf([])).toEqual([]);
  });
});

describe('a number leads to its list', () => {
  it('of all, of a ward, a desk, an officer, a procedure', () => {
    expect(listBehind('overdue')).toEqual({ concern: 'overdue' });
    expect(listBehind('due_soon', { part: 'authorities', key: 'w' })).toEqual({
      concern: 'due_soon',
      authority: 'w',
    });
    expect(listBehind('due_soon', { part: 'desks', key: 'leader' })).toEqual({
      concern: 'due_soon',
      desk: 'leader',
    });
    expect(listBehind('due_soon', { part: 'officers', key: 'u' })).toEqual({
      concern: 'due_soon',
      handler: 'u',
    });
    expect(listBehind('due_soon', { part: 'procedures', key: '1.0' })).toEqual({
      concern: 'due_soon',
      procedure: '1.0',
    });
  });
  it('without what is finished where the list has that too', () => {
    expect(listBehind('apology_missing')).toEqual({ concern: 'apology_missing', open: true });
  });
});

describe('on the wall', () => {
  it('the wards take turns by the clock', () => {
    const wards = Array.from({ length: 6 }, (_, i) => i);
    expect(wallPage(wards, 0)).toEqual({ rows: [0, 1, 2, 3], page: 1, pages: 2 });
    expect(wallPage(wards, 15_000)).toEqual({ rows: [4, 5], page: 2, pages: 2 });
    expect(wallPage(wards, 30_000).page).toBe(1);
    expect(wallPage([], 99_000)).toEqual({ rows: [], page: 1, pages: 1 });
  });
  it('a ward is called as it is read from afar', () => {
    expect(['Ủy ban nhân dân phường Cửa Nam', 'Phòng Tư pháp'].map(shortName)).toEqual([
      'Phường Cửa Nam',
      'Phòng Tư pháp',
    ]);
  });
  it('old numbers are called old', () => {
    const board = { at: '2026-03-02T09:00:00+07:00' } as Board;
    const at = Date.parse(board.at);
    expect([
      isOld(board, false, at + 60_000),
      isOld(board, true, at),
      isOld(board, false, at + 200_000),
    ]).toEqual([false, true, true]);
  });
});
