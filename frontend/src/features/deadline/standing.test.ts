import { expect, it } from 'vitest';
import { looks, standingOf, type Timed } from './standing';

const due = '2026-03-05T17:30:00+07:00';
const of = (dossier: Partial<Timed>) =>
  standingOf({ state: 'processing', timing: 'within_time', due_at: due, ...dossier });

it('says where a dossier stands', () => {
  expect(of({ remaining_working_days: 3 })).toBe('within');
  expect(of({ remaining_working_days: 1 })).toBe('soon');
  expect(of({ timing: 'overdue', remaining_working_days: -1 })).toBe('late');
  expect(of({ timing: 'paused' })).toBe('paused');
  expect(of({ due_at: null })).toBe('none');
  expect(of({ state: 'returned', timing: 'early' })).toBe('finished_early');
  expect(of({ state: 'completed', timing: 'overdue' })).toBe('finished_overdue');
  expect(of({ state: 'completed', timing: null })).toBe('none');
  // What was withdrawn has no date to be late for.
  expect(of({ state: 'withdrawn', timing: 'overdue' })).toBe('none');
});

it('shows what is late in red with its sign, and nothing else', () => {
  const red = Object.entries(looks).filter(([, look]) => look.tone === 'late');
  expect(red.map(([standing]) => standing).sort()).toEqual(['finished_overdue', 'late']);
  expect(red.every(([, look]) => look.icon === 'late')).toBe(true);
});
