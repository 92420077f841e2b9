import { toBase64 } from '@/features/centre/picture';
import { newKey } from '@/shared/api/intent';
import type { StatementFormat } from '@/shared/api/types';

/** A statement as it is sent. */
export interface ChosenStatement {
  /** Tells this choice from every other: the file itself is too long to be compared. */
  id: string;
  name: string;
  format: StatementFormat;
  base64: string;
}

/** Why a file is not even sent. */
export type UnusableStatement = 'ending' | 'size' | 'empty';

/** What the server reads, less what base64 adds to it. */
export const MOST_BYTES = 20 * 1024 * 1024;

/** How a statement is written, by the end of its name; `null` for what is none. */
export function formatOf(name: string): StatementFormat | null {
  switch (/\.([^.]+)$/.exec(name.trim())?.[1]?.toLowerCase()) {
    case 'csv':
    case 'txt':
      return 'csv';
    case 'xml':
      return 'camt053';
    default:
      return null;
  }
}

export async function readStatement(file: File): Promise<ChosenStatement | UnusableStatement> {
  const format = formatOf(file.name);
  if (!format) return 'ending';
  if (file.size > MOST_BYTES) return 'size';
  if (file.size === 0) return 'empty';
  const base64 = toBase64(new Uint8Array(await file.arrayBuffer()));
  return { id: newKey(), name: file.name, format, base64 };
}
