/** A working day of the public service: two shifts of four hours. */
export const MINUTES_PER_WORKING_DAY = 480;

/** At most this much working time left counts as "soon" on the screens (one working day). */
export const SOON_MINUTES = MINUTES_PER_WORKING_DAY;

/** Working time split for reading. */
export interface WorkingTime {
  late: boolean;
  days: number;
  hours: number;
  minutes: number;
}

/** Splits signed working minutes (negative: already late) into working days, hours and minutes. */
export function splitWorkingMinutes(total: number): WorkingTime {
  const rest = Math.abs(Math.trunc(total));
  return {
    late: total < 0,
    days: Math.floor(rest / MINUTES_PER_WORKING_DAY),
    hours: Math.floor((rest % MINUTES_PER_WORKING_DAY) / 60),
    minutes: rest % 60,
  };
}

/** Which two units to say: days with hours, hours with minutes. Minutes do not matter when days are left. */
export function spokenUnits(time: WorkingTime): { unit: 'days' | 'hours' | 'minutes'; amount: number }[] {
  const units: { unit: 'days' | 'hours' | 'minutes'; amount: number }[] = [
    { unit: 'days', amount: time.days },
    { unit: 'hours', amount: time.hours },
  ];
  if (time.days === 0) units.push({ unit: 'minutes', amount: time.minutes });
  const said = units.filter((u) => u.amount > 0);
  return said.length > 0 ? said : [{ unit: 'minutes', amount: 0 }];
}
