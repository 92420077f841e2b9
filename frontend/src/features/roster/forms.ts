import { timeFrom, weekdays, type Weekday } from '@/features/calendar/hours';
import type { AbsenceKind, NewAbsence, NewDuties } from '@/shared/api/types';

/** In which shifts somebody is planned; by a notice at hours that the calendar does not have. */
export const planKinds = ['counted', 'service', 'notice'] as const;
export type PlanKind = (typeof planKinds)[number];

/** Duties as they are typed. */
export interface PlanForm {
  counter: string;
  user: string;
  substitute: string;
  kind: PlanKind;
  first: string;
  last: string;
  weekdays: Weekday[];
  from: string;
  to: string;
  source: string;
}

export const emptyPlan: PlanForm = {
  counter: '',
  user: '',
  substitute: '',
  kind: 'counted',
  first: '',
  last: '',
  weekdays: [],
  from: '',
  to: '',
  source: '',
};

export const absenceKinds = [
  'annual_leave',
  'compensatory',
  'sick',
  'maternity',
  'study',
  'mission',
  'other',
] as const satisfies AbsenceKind[];

/** An absence as it is typed. */
export interface AbsenceForm {
  user: string;
  kind: AbsenceKind;
  first: string;
  last: string;
  from: string;
  to: string;
}

export type Fault = 'noCounter' | 'noPerson' | 'noDay' | 'endsFirst' | 'noTime' | 'noSource' | 'self';
type Faults = Record<string, Fault>;

/** Both hours or none; each a time, the end after the start. */
function faultsOfHours({ from, to }: { from: string; to: string }, needed: boolean): Faults {
  if (!needed && !from.trim() && !to.trim()) return {};
  const [a, b] = [timeFrom(from), timeFrom(to)];
  return {
    ...(a ? {} : { from: 'noTime' as const }),
    ...(b ? (a && b <= a ? { to: 'endsFirst' as const } : {}) : { to: 'noTime' as const }),
  };
}

function faultsOfDays({ first, last }: { first: string; last: string }): Faults {
  return {
    ...(first ? {} : { first_day: 'noDay' as const }),
    ...(!last
      ? { last_day: 'noDay' as const }
      : first && last < first
        ? { last_day: 'endsFirst' as const }
        : {}),
  };
}

/** What is missing before it can be sent, by the member the server would point at. */
export const faultsOfPlan = (form: PlanForm): Faults => ({
  ...(form.counter ? {} : { counter_id: 'noCounter' as const }),
  ...(form.user ? {} : { user_id: 'noPerson' as const }),
  ...(form.user && form.substitute === form.user ? { substitute_id: 'self' as const } : {}),
  ...faultsOfDays(form),
  ...faultsOfHours(form, form.kind === 'notice'),
  ...(form.kind === 'notice' && !form.source.trim() ? { source: 'noSource' as const } : {}),
});

const hours = ({ from, to }: { from: string; to: string }) =>
  from.trim() || to.trim() ? { from: timeFrom(from), to: timeFrom(to) } : {};

/** What the server is asked; only of a form without faults. */
export const planOf = (form: PlanForm): NewDuties => ({
  counter_id: form.counter,
  user_id: form.user,
  ...(form.substitute ? { substitute_id: form.substitute } : {}),
  kind: form.kind === 'counted' ? 'counted' : 'service',
  first_day: form.first,
  last_day: form.last,
  weekdays: form.first === form.last ? [] : weekdays.filter((day) => form.weekdays.includes(day)),
  ...hours(form),
  ...(form.kind === 'notice' ? { source: form.source.trim() } : {}),
});

/** Hours are given for a single day only. */
export const mayHaveHours = ({ first, last }: { first: string; last: string }) =>
  first !== '' && first === last;

export const faultsOfAbsence = (form: AbsenceForm): Faults => ({
  ...(form.user ? {} : { user_id: 'noPerson' as const }),
  ...faultsOfDays(form),
  ...(mayHaveHours(form) ? faultsOfHours(form, false) : {}),
});

export const absenceOf = (form: AbsenceForm): NewAbsence => ({
  user_id: form.user,
  kind: form.kind,
  first_day: form.first,
  last_day: form.last,
  ...(mayHaveHours(form) ? hours(form) : {}),
});
