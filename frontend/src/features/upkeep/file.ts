import type { FileFormat } from '@/shared/api/types';

/** A file as it is sent: how it is written, and all of it. */
export interface ChosenFile {
  name: string;
  format: FileFormat;
  content: string;
}

/** Why a file is not even sent. */
export type Unusable = 'format' | 'size' | 'encoding';

/** The most the server reads, with what JSON puts around it. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What a file is, by the end of its name; `null` for what cannot be brought in. */
export function formatOf(name: string): FileFormat | null {
  const ending = /\.([^.]+)$/.exec(name.trim())?.[1]?.toLowerCase();
  return ending === 'json' || ending === 'csv' ? ending : null;
}

/** UTF-8 or nothing: a sheet saved in another encoding would bring every accent in wrong. */
export function textOf(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export async function readFile(file: File): Promise<ChosenFile | Unusable> {
  const format = formatOf(file.name);
  if (!format) return 'format';
  if (file.size > MOST_BYTES) return 'size';
  const content = textOf(await file.arrayBuffer());
  return content === null ? 'encoding' : { name: file.name, format, content };
}
