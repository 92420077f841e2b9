import { describe, expect, it } from 'vitest';
import type { Dossier, TimelineEntry } from '@/shared/api/types';
import { lineDays, storyOf } from './story';

const at = (text: string) => `${text}:00+07:00`;
const ms = (text: string) => Date.parse(at(text));
const step = (seq: number, when: string, kind = 'handed_over') =>
  ({ id: String(seq), seq, at: at(when), kind, to_state: 'processing', detail: {} }) as TimelineEntry;
const dossier = (over: Partial<Dossier>): Dossier =>
  ({
    state: 'processing',
    timing: 'within_time',
    submitted_at: at('2026-02-27T09:00'),
    accepted_at: at('2026-02-27T09:00'),
    due_at: at('2026-03-05T17:30'),
    // The first promise, unless told otherwise.
    due_at_original: over.due_at === undefined ? at('2026-03-05T17:30') : over.due_at,
    remaining_working_days: 3,
    pauses: [],
    ...over,
  }) as Dossier;
const now = ms('2026-03-02T09:00');
const kinds = (d: Partial<Dossier>, steps: TimelineEntry[] = []) =>
  storyOf(dossier(d), steps, now)?.marks.map((m) => m.kind);

describe('the dates that are told', () => {
  it('are those that are not the same twice', () => {
    expect(kinds({})).toEqual(['accepted', 'now', 'due']);
    expect(kinds({ submitted_at: at('2026-02-26T16:00'), due_at_original: at('2026-03-03T17:30') })).toEqual([
      'submitted',
      'accepted',
      'now',
      'original',
      'due',
    ]);
  });
  it('say by when something must be done only while it is to be done', () => {
    const handover_due_at = at('2026-02-27T17:30');
    expect(kinds({ handover_due_at })).not.toContain('handover');
    const waiting = storyOf(dossier({ state: 'accepted', handover_due_at }), [], now);
    // It is past, and nobody has handed over: late.
    expect(waiting?.marks.find((m) => m.kind === 'handover')).toMatchObject({ tone: 'late' });
    expect(
      kinds({
        state: 'submitted',
        accepted_at: null,
        due_at: null,
        due_at_original: null,
        intake_reply_due_at: at('2026-03-02T10:00'),
      }),
    ).toEqual(['submitted', 'now', 'reply']);
  });
  it('are none of a draft', () => {
    const empty = { submitted_at: null, accepted_at: null, due_at: null, due_at_original: null };
    expect(storyOf(dossier({ ...empty, state: 'draft' }), [], now)).toBeNull();
  });
});

describe('the way to the promised date', () => {
  it('is passed until now, and left until then', () => {
    expect(storyOf(dossier({}), [], now)?.parts).toEqual([
      { kind: 'passed', from: ms('2026-02-27T09:00'), to: now },
      { kind: 'left', from: now, to: ms('2026-03-05T17:30') },
    ]);
  });
  it('goes on late, for as long as the server says it is late', () => {
    const late = dossier({ timing: 'overdue', due_at: at('2026-02-27T17:30'), remaining_working_days: -1 });
    const story = storyOf(late, [], now);
    expect(story?.parts.at(-1)).toEqual({ kind: 'late', from: ms('2026-02-27T17:30'), to: now });
    expect(story?.marks.find((m) => m.kind === 'due')?.tone).toBe('late');
    expect(story?.to).toBe(now);
  });
  it('of what is done ends where it was done, and now is no matter', () => {
    const done = { completed_at: at('2026-02-28T10:00'), due_at: at('2026-02-27T17:30') };
    const story = storyOf(dossier({ ...done, state: 'completed', timing: 'overdue' }), [], now);
    expect(story?.parts.at(-1)).toEqual({
      kind: 'late',
      from: ms('2026-02-27T17:30'),
      to: ms('2026-02-28T10:00'),
    });
    expect(story?.marks.map((m) => m.kind)).toEqual(['accepted', 'due', 'completed']);
    expect(story?.to).toBe(ms('2026-02-28T10:00'));
  });
});

describe('pauses', () => {
  const pause = (from: string, to: string | null) => ({
    kind: 'supplement',
    reason: 'thiếu giấy',
    from: at(from),
    to: to ? at(to) : null,
  });
  it('that still last end now', () => {
    const story = storyOf(dossier({ timing: 'paused', pauses: [pause('2026-02-27T15:00', null)] }), [], now);
    expect(story?.pauses).toEqual([
      {
        kind: 'supplement',
        reason: 'thiếu giấy',
        open: true,
        from: ms('2026-02-27T15:00'),
        to: now,
      },
    ]);
    expect(story?.marks.find((m) => m.kind === 'due')?.tone).toBe('rest');
  });
  it('lie within the line and never in each other', () => {
    const pauses = [pause('2026-02-27T15:00', '2026-02-27T16:00'), pause('2026-02-27T16:00', null)];
    const story = storyOf(dossier({ pauses }), [], now);
    expect(story?.pauses.map((p) => [p.from, p.to])).toEqual([
      [ms('2026-02-27T15:00'), ms('2026-02-27T16:00')],
      [ms('2026-02-27T16:00'), now],
    ]);
  });
});

describe('a limit that was begun anew', () => {
  const again = { clock_started_at: at('2026-02-27T15:00') };
  it('has a mark where it was, and what had passed before counts no more', () => {
    const story = storyOf(dossier(again), [], now);
    expect(story?.marks.map((m) => m.kind)).toEqual(['accepted', 'restarted', 'now', 'due']);
    expect(story?.parts.map((p) => [p.kind, p.from, p.to])).toEqual([
      ['void', ms('2026-02-27T09:00'), ms('2026-02-27T15:00')],
      ['passed', ms('2026-02-27T15:00'), now],
      ['left', now, ms('2026-03-05T17:30')],
    ]);
  });
  it('is not told of its first start, here or at the competent authority', () => {
    expect(kinds({ clock_started_at: at('2026-02-27T09:00') })).not.toContain('restarted');
    const elsewhere = at('2026-02-27T10:00');
    expect(kinds({ clock_started_at: elsewhere, competent_received_at: elsewhere })).not.toContain(
      'restarted',
    );
    expect(kinds({ clock_started_at: null })).not.toContain('restarted');
  });
});

describe('the steps of the internal workflow', () => {
  const run = (step_id: string, from: string, due: string, to: string | null, late = false) => ({
    step_id,
    started_at: at(from),
    due_at: at(due),
    ended_at: to && at(to),
    late,
  });
  const walk = (...runs: ReturnType<typeof run>[]): Dossier['workflow'] => ({
    decision: { number: '663/QĐ-UBND' },
    steps: [
      { id: 'nhan', name: 'Tiếp nhận', desk: 'reception', minutes: 120 },
      { id: 'tham_dinh', name: 'Thẩm định', desk: 'handler', minutes: 180 },
    ],
    runs,
  });
  const first = run('nhan', '2026-02-27T09:00', '2026-02-27T11:00', '2026-02-27T11:30', true);
  const second = run('tham_dinh', '2026-02-27T11:30', '2026-03-02T10:00', null);

  it('are stretches under the line, with what took too long and what is left', () => {
    const [nhan, thamDinh] = storyOf(dossier({ workflow: walk(first, second) }), [], now)?.runs ?? [];
    expect(nhan).toMatchObject({
      number: 1,
      name: 'Tiếp nhận',
      late: true,
      left: null,
      over: { from: ms('2026-02-27T11:00'), to: ms('2026-02-27T11:30') },
    });
    expect(thamDinh).toMatchObject({
      number: 2,
      to: now,
      late: false,
      over: null,
      left: { from: now, to: ms('2026-03-02T10:00') },
    });
  });
  it('move neither the promised date nor how the dossier stands to it', () => {
    const late = run('tham_dinh', '2026-02-27T11:30', '2026-02-27T14:30', null, true);
    const without = storyOf(dossier({}), [], now);
    const story = storyOf(dossier({ workflow: walk(first, late) }), [], now);
    expect(story?.marks).toEqual(without?.marks);
    expect(story?.parts).toEqual(without?.parts);
    expect(story?.runs[1]?.over).toMatchObject({ from: ms('2026-02-27T14:30'), to: now });
  });
  it('are late as time goes on, and not while the clock stands still', () => {
    const due = run('tham_dinh', '2026-02-27T11:30', '2026-03-02T08:00', null);
    expect(storyOf(dossier({ workflow: walk(due) }), [], now)?.runs[0]).toMatchObject({ late: true });
    const pauses = [
      { kind: 'payment', reason: '', from: at('2026-02-27T15:00'), to: null },
    ] as Dossier['pauses'];
    expect(storyOf(dossier({ pauses, workflow: walk(due) }), [], now)?.runs[0]).toMatchObject({
      late: false,
      paused: true,
      left: null,
    });
  });
  it('are not there of a procedure that plans none', () => {
    expect(storyOf(dossier({}), [], now)?.runs).toEqual([]);
  });
});

it('everything told lies between its ends', () => {
  const steps = [step(2, '2026-03-01T08:00'), step(1, '2026-02-26T10:00', 'submitted')];
  const story = storyOf(dossier({ supplement_due_on: '2026-03-09' }), steps, now);
  expect(story?.from).toBe(ms('2026-02-26T10:00'));
  expect(story?.to).toBe(ms('2026-03-09T23:59'));
  expect(story?.steps.map((s) => s.seq)).toEqual([1, 2]);
  for (const m of story?.marks ?? []) {
    expect(m.at).toBeGreaterThanOrEqual(story?.from ?? 0);
    expect(m.at).toBeLessThanOrEqual(story?.to ?? 0);
  }
});

it('takes a day the calendar does not know for a day like any other', () => {
  const saturday = {
    date: '2026-02-28',
    kind: 'weekend' as const,
    working: false,
    shifts: [],
    service_shifts: [{ from: '07:30', to: '11:30' }],
    provisional: false,
  };
  expect(lineDays(['2026-02-28', '2031-01-01'], [saturday])).toEqual([
    { date: '2026-02-28', rest: true, shifts: [{ from: 450, to: 690, counts: false }] },
    { date: '2031-01-01', rest: false, shifts: [] },
  ]);
});
