import type { ProcedureItem } from '@/shared/api/types';
import { foldVi } from '@/shared/ui/fold';

/**
 * The likeliest procedure first: a code that begins so, then names in which the words stand earliest, then the
 * shorter name ("khai sinh" means the plain birth registration, not one of its many variants).
 */
export function rankProcedures(items: ProcedureItem[], typed: string): ProcedureItem[] {
  const wanted = foldVi(typed.trim());
  if (!wanted) return items;
  const rank = (item: ProcedureItem): [number, number] => {
    if (item.code.startsWith(wanted)) return [-1, 0];
    const at = foldVi(item.name).indexOf(wanted);
    return [at < 0 ? Number.MAX_SAFE_INTEGER : at, item.name.length];
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .map(({ item }) => item);
}
