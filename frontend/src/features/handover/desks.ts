import type { NewHandover } from '@/shared/api/types';

export type HandoverDesk = NewHandover['to'];

/** The desks that dossiers are given to, the one that is given most first. */
export const handoverDesks = [
  'handler',
  'leader',
  'results_desk',
  'reception',
] as const satisfies HandoverDesk[];

export const isHandoverDesk = (value: unknown): value is (typeof handoverDesks)[number] =>
  handoverDesks.some((desk) => desk === value);
