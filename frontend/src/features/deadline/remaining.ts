/** How much working time is left, as the server counts it by the centre's own shifts and days. */
export interface Left {
  remaining_working_days?: number | null;
  remaining_working_minutes?: number | null;
}

/** One unit of what is said. */
export interface Spoken {
  unit: 'days' | 'hours' | 'minutes';
  amount: number;
}

/**
 * What to say of a stretch of working time: whole days when the date is another day, hours and minutes on the day
 * itself. Nothing is left to say when neither day nor minute is.
 */
export function spoken({ remaining_working_days, remaining_working_minutes }: Left): Spoken[] {
  const days = Math.abs(remaining_working_days ?? 0);
  if (days > 0) return [{ unit: 'days', amount: days }];
  const minutes = Math.abs(Math.trunc(remaining_working_minutes ?? 0));
  const units: Spoken[] = [
    { unit: 'hours', amount: Math.floor(minutes / 60) },
    { unit: 'minutes', amount: minutes % 60 },
  ];
  return units.filter((u) => u.amount > 0);
}

/** Whole working hours left, to stand behind the days. */
export const wholeHours = (left: Left): number =>
  Math.floor(Math.abs(left.remaining_working_minutes ?? 0) / 60);

/** At most the next working day away: soon, as the work lists have it. */
export const isSoon = (left: Left): boolean => (left.remaining_working_days ?? 2) <= 1;
