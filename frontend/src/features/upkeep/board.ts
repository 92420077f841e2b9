import type { ProcedureItem } from '@/shared/api/types';

export interface BoardRow {
  /** Counted through all the fields. */
  ordinal: number;
  procedure: ProcedureItem;
}

export interface BoardField {
  field: string;
  rows: BoardRow[];
}

/** Procedures by field: the fields in the order of the national list's groups, the procedures by name. */
export function boardOf(procedures: ProcedureItem[]): BoardField[] {
  const sorted = [...procedures].sort(
    (a, b) =>
      a.field_code.localeCompare(b.field_code) ||
      a.field.localeCompare(b.field, 'vi') ||
      a.name.localeCompare(b.name, 'vi') ||
      a.code.localeCompare(b.code),
  );
  const fields: BoardField[] = [];
  sorted.forEach((procedure, i) => {
    const last = fields.at(-1);
    const row = { ordinal: i + 1, procedure };
    if (last?.field === procedure.field) last.rows.push(row);
    else fields.push({ field: procedure.field, rows: [row] });
  });
  return fields;
}
