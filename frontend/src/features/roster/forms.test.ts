import { describe, expect, it } from 'vitest';
import {
  absenceOf,
  emptyPlan,
  faultsOfAbsence,
  faultsOfPlan,
  planOf,
  type AbsenceForm,
  type PlanForm,
} from './forms';

const week: PlanForm = { ...emptyPlan, counter: 'q1', user: 'an', first: '2026-03-02', last: '2026-03-06' };

describe('a plan', () => {
  it('needs a counter, somebody and days, in their order', () => {
    expect(faultsOfPlan(emptyPlan)).toEqual({
      counter_id: 'noCounter',
      user_id: 'noPerson',
      first_day: 'noDay',
      last_day: 'noDay',
    });
    expect(faultsOfPlan(week)).toEqual({});
    expect(faultsOfPlan({ ...week, last: '2026-03-01' })).toEqual({ last_day: 'endsFirst' });
    expect(faultsOfPlan({ ...week, substitute: 'an' })).toEqual({ substitute_id: 'self' });
  });
  it('takes whole shifts, or both hours', () => {
    expect(planOf(week)).not.toHaveProperty('from');
    expect(faultsOfPlan({ ...week, from: '8h' })).toEqual({ to: 'noTime' });
    expect(faultsOfPlan({ ...week, from: '9:00', to: '8:30' })).toEqual({ to: 'endsFirst' });
    expect(planOf({ ...week, from: '8h', to: '0930' })).toMatchObject({ from: '08:00', to: '09:30' });
  });
  it('by a notice serves without counting, and needs its hours and its number', () => {
    const holiday: PlanForm = { ...week, kind: 'notice' };
    expect(faultsOfPlan(holiday)).toEqual({ from: 'noTime', to: 'noTime', source: 'noSource' });
    expect(planOf({ ...holiday, from: '8:00', to: '11:00', source: ' KH 15 ' })).toMatchObject({
      kind: 'service',
      source: 'KH 15',
    });
    // What was typed for a notice is not sent with something else.
    expect(planOf({ ...week, source: 'KH 15' })).not.toHaveProperty('source');
  });
  it('asks for weekdays in their order, and of a single day for none', () => {
    expect(planOf({ ...week, weekdays: ['fri', 'mon'] }).weekdays).toEqual(['mon', 'fri']);
    expect(planOf({ ...week, last: week.first, weekdays: ['fri'] }).weekdays).toEqual([]);
  });
});

describe('an absence', () => {
  const day: AbsenceForm = {
    user: 'an',
    kind: 'sick',
    first: '2026-03-03',
    last: '2026-03-03',
    from: '',
    to: '',
  };
  it('has hours within a single day only', () => {
    expect(absenceOf({ ...day, from: '8:00', to: '9:00' })).toMatchObject({ from: '08:00', to: '09:00' });
    expect(absenceOf({ ...day, last: '2026-03-04', from: '8:00', to: '9:00' })).not.toHaveProperty('from');
    expect(faultsOfAbsence({ ...day, from: 'sáng' })).toEqual({ from: 'noTime', to: 'noTime' });
    expect(faultsOfAbsence({ ...day, last: '2026-03-04', from: 'sáng' })).toEqual({});
  });
  it('is somebody’s', () => {
    expect(faultsOfAbsence({ ...day, user: '', last: '' })).toEqual({
      user_id: 'noPerson',
      last_day: 'noDay',
    });
  });
});
