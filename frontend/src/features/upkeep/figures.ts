import type { FigureToCheck, LimitUnit } from '@/shared/api/types';

const units: LimitUnit[] = ['working_day', 'half_day', 'working_hour', 'calendar_day', 'month', 'same_day'];

/** A limit as the list of figures writes it ("5 working_day"); `null` for any other text. */
export function readLimit(text: string): { amount: number; unit: LimitUnit } | null {
  const [, amount, word] = /^(\d+) ([a-z_]+)$/.exec(text) ?? [];
  const unit = units.find((u) => u === word);
  return unit ? { amount: Number(amount), unit } : null;
}

/** Its kind, and of the two limits which, as its path tells: a key of its word. */
export function nameOf(figure: Pick<FigureToCheck, 'kind' | 'path'>): string {
  if (figure.kind !== 'limit') return figure.kind;
  return figure.path.endsWith('/online') ? 'limit_online' : 'limit_direct';
}

/** The province's own figure, beside the national one. */
export const isLocal = (path: string) => path.startsWith('/local/');
