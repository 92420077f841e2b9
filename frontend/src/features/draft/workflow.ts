import type { LimitForm, LimitsForm, ProcedureForm } from './form';
import { minutesOf } from './state';

/** Working minutes of a working day, as limits are counted. */
const MINUTES_A_DAY = 480;

const MINUTES_OF: Record<string, number> = {
  working_day: MINUTES_A_DAY,
  same_day: MINUTES_A_DAY,
  half_day: MINUTES_A_DAY / 2,
  working_hour: 60,
};

/** A limit and the working minutes it has; none where it is not counted in working time. */
export interface Promised {
  limit: LimitForm & { amount: number };
  minutes: number | null;
}

/** What the steps must fit into: the shortest of the limits that hold, the province's before the nation's. */
export function promisedOf(form: ProcedureForm): Promised | null {
  const { direct, online }: LimitsForm = form.local?.limits ?? form.limits;
  const found = [direct, online].flatMap((limit): Promised[] => {
    if (!limit?.amount) return [];
    const minutes = MINUTES_OF[limit.unit];
    return [{ limit: { ...limit, amount: limit.amount }, minutes: minutes ? limit.amount * minutes : null }];
  });
  const time = (promised: Promised) => promised.minutes ?? Infinity;
  return found.sort((a, b) => time(a) - time(b))[0] ?? null;
}

export const sumOf = (form: ProcedureForm): number =>
  (form.workflow?.steps ?? []).reduce((sum, step) => sum + minutesOf(step), 0);
