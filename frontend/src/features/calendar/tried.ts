import { shiftsOf, type Hours } from './hours';

/** Days of the calendar as one tries them: a working day off, or a rest day worked. */
export type Tried = Readonly<Record<string, 'off' | 'work'>>;

/** The same with this day tried, or no longer. */
export function toggled(tried: Tried, date: string, working: boolean): Tried {
  const { [date]: before, ...others } = tried;
  return before ? others : { ...others, [date]: working ? 'off' : 'work' };
}

/** What the server is asked. */
export function changeOf(tried: Tried, hours?: Hours | null) {
  const of = (what: 'off' | 'work') =>
    Object.keys(tried)
      .filter((date) => tried[date] === what)
      .sort();
  return {
    days_off: of('off'),
    make_up_days: of('work').map((date) => ({ date })),
    shifts: hours ? shiftsOf(hours) : undefined,
  };
}
