import { describe, expect, it } from 'vitest';
import type { ProcedureItem } from '@/shared/api/types';
import { boardOf } from './board';

const procedure = (code: string, name: string, field_code: string, field: string) =>
  ({ code, name, field_code, field }) as ProcedureItem;

describe('the posting board', () => {
  it('is grouped by field and counted through', () => {
    const board = boardOf([
      procedure('3', 'Đăng ký thường trú', 'C', 'Cư trú'),
      procedure('2', 'Đăng ký khai tử', 'A', 'Hộ tịch'),
      procedure('4', 'Cấp căn cước', 'C', 'Căn cước'),
      procedure('1', 'Cấp bản sao', 'A', 'Hộ tịch'),
    ]);
    expect(board.map((f) => [f.field, ...f.rows.map((r) => `${r.ordinal} ${r.procedure.code}`)])).toEqual([
      ['Hộ tịch', '1 1', '2 2'],
      ['Căn cước', '3 4'],
      ['Cư trú', '4 3'],
    ]);
  });

  it('is empty without procedures', () => expect(boardOf([])).toEqual([]));
});
