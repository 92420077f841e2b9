import { describe, expect, it } from 'vitest';
import {
  isLate,
  pausedSince,
  restartedAt,
  stagesOf,
  stepAfter,
  type StepRun,
  type Workflow,
} from './workflow';

const at = (time: string) => `2026-03-02T${time}:00+07:00`;
const run = (step_id: string, from: string, to: string | null = null): StepRun => ({
  step_id,
  started_at: at(from),
  due_at: at('16:00'),
  ended_at: to && at(to),
  late: false,
});
const workflow = (...runs: StepRun[]): Workflow => ({
  decision: { number: '663/QĐ-UBND' },
  steps: ['nhan', 'tham_dinh', 'du_thao', 'ky'].map((id) => ({ id, name: id, desk: 'handler', minutes: 60 })),
  runs,
});
const standings = (...runs: StepRun[]) => stagesOf(workflow(...runs)).map((stage) => stage.standing);

describe('where a dossier is in its workflow', () => {
  it('is the step that lasts; what comes after lies ahead', () => {
    expect(standings(run('nhan', '08:00', '09:00'), run('tham_dinh', '09:00'))).toEqual([
      'done',
      'now',
      'ahead',
      'ahead',
    ]);
  });
  it('is not a step that was passed over', () => {
    expect(standings(run('nhan', '08:00', '09:00'), run('ky', '09:00'))).toEqual([
      'done',
      'passed_over',
      'passed_over',
      'now',
    ]);
  });
  it('may be a step that was walked before: what it led to lies ahead again', () => {
    const back = [run('nhan', '08:00', '09:00'), run('tham_dinh', '09:00', '10:00'), run('nhan', '10:00')];
    expect(standings(...back)).toEqual(['now', 'ahead', 'ahead', 'ahead']);
    expect(stagesOf(workflow(...back))[0]?.runs).toHaveLength(2);
  });
  it('is nowhere once it is done', () => {
    expect(standings(run('nhan', '08:00', '09:00'), run('tham_dinh', '09:00', '10:00'))).toEqual([
      'done',
      'done',
      'passed_over',
      'passed_over',
    ]);
    expect(stepAfter(workflow(run('nhan', '08:00', '09:00')))).toBeUndefined();
  });
  it('tells which step comes next', () => {
    expect(stepAfter(workflow(run('tham_dinh', '09:00')))?.id).toBe('du_thao');
    expect(stepAfter(workflow(run('ky', '09:00')))).toBeUndefined();
  });
});

describe('the time of a step', () => {
  const now = Date.parse(at('17:00'));
  it('runs out without the server being asked again', () => {
    expect(isLate(run('nhan', '08:00'), undefined, now)).toBe(true);
    expect(isLate(run('nhan', '08:00', '09:00'), undefined, now)).toBe(false);
  });
  it('stands still with the clock', () => {
    const pauses = [{ kind: 'payment' as const, reason: '', from: at('15:00'), to: null }];
    expect(pausedSince({ pauses })).toBe(Date.parse(at('15:00')));
    expect(isLate(run('nhan', '08:00'), pausedSince({ pauses }), now)).toBe(false);
  });
});

it('the limit was begun anew where it is counted from neither first start', () => {
  const dossier = { accepted_at: at('08:00'), competent_received_at: at('09:00'), pauses: [] };
  expect(restartedAt({ ...dossier, clock_started_at: at('08:00') })).toBeUndefined();
  expect(restartedAt({ ...dossier, clock_started_at: at('09:00') })).toBeUndefined();
  expect(restartedAt({ ...dossier, clock_started_at: null })).toBeUndefined();
  expect(restartedAt({ ...dossier, clock_started_at: at('14:00') })).toBe(Date.parse(at('14:00')));
});
