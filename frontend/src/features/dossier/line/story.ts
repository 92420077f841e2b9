import { looks, standingOf } from '@/features/deadline/standing';
import type { CalendarDay, Dossier, TimelineEntry } from '@/shared/api/types';
import type { Tone } from '@/shared/ui/Notice';
import { isLate, pausedSince, restartedAt } from '../workflow';
import { apart, type LineDay, type Stretch } from './layout';

export const markKinds = [
  'submitted',
  'accepted',
  'competent',
  'restarted',
  'handover',
  'reply',
  'supplement',
  'original',
  'due',
  'completed',
  'returned',
  'now',
] as const;
export type MarkKind = (typeof markKinds)[number];

/** A date that matters. */
export interface StoryMark {
  kind: MarkKind;
  at: number;
  tone: Tone;
  /** A day until whose end, not an instant. */
  wholeDay: boolean;
}

/** `void`: passed before the limit began from its start again, and counted no more. */
export type Part = 'void' | 'passed' | 'left' | 'late';

export interface StoryPause extends Stretch {
  open: boolean;
  reason: string;
}

/** A stretch at a step of the internal workflow. */
export interface StoryRun extends Stretch {
  /** Which of the planned steps, counted from one; its name; its desk. */
  number: number;
  name: string;
  desk: string;
  /** By when it is to be done; while it stands still this waits with the clock. */
  due: number;
  open: boolean;
  paused: boolean;
  late: boolean;
  /** What it took too long. */
  over: Stretch | null;
  /** What is left of its time. */
  left: Stretch | null;
}

/** What a dossier's line of time tells, in instants. */
export interface Story {
  from: number;
  to: number;
  marks: StoryMark[];
  pauses: StoryPause[];
  /** From reception to the promised date, then what came after it. */
  parts: Stretch<Part>[];
  steps: TimelineEntry[];
  /** The steps of the internal workflow, which move no promised date. */
  runs: StoryRun[];
}

const instant = (iso: string | null | undefined) => (iso ? Date.parse(iso) : undefined);
/** A day ends with its last minute. */
const endOf = (date: string | null | undefined) => (date ? Date.parse(`${date}T23:59:00+07:00`) : undefined);
const over: Dossier['state'][] = [
  'completed',
  'returned',
  'withdrawn',
  'stopped',
  'transferred',
  'refused_at_intake',
];

/** Draws a dossier's dates together; nothing of one to which nothing has happened. */
export function storyOf(dossier: Dossier, steps: readonly TimelineEntry[], now: number): Story | null {
  const open = !over.includes(dossier.state);
  const due = instant(dossier.due_at);
  const original = instant(dossier.due_at_original);
  const accepted = instant(dossier.accepted_at);
  const competent = instant(dossier.competent_received_at);
  const standing = standingOf(dossier);

  const marks: StoryMark[] = [];
  const mark = (kind: MarkKind, at: number | undefined, tone: Tone = 'accent', wholeDay = false) => {
    if (at !== undefined) marks.push({ kind, at, tone, wholeDay });
  };
  /** Something that is to be done by then, and is not done yet. */
  const by = (kind: MarkKind, at: number | undefined, wholeDay = false) =>
    mark(kind, at, at !== undefined && at < now ? 'late' : 'plain', wholeDay);
  mark('submitted', instant(dossier.submitted_at) !== accepted ? instant(dossier.submitted_at) : undefined);
  mark('accepted', accepted);
  mark('competent', competent !== accepted ? competent : undefined);
  const restarted = restartedAt(dossier);
  mark('restarted', restarted);
  if (dossier.state === 'accepted') by('handover', instant(dossier.handover_due_at));
  if (open && accepted === undefined) by('reply', instant(dossier.intake_reply_due_at));
  if (open) by('supplement', endOf(dossier.supplement_due_on), true);
  mark('original', original !== due ? original : undefined, 'plain');
  mark('due', due, standing === 'within' ? 'accent' : looks[standing].tone);
  mark('completed', instant(dossier.completed_at), 'good');
  mark('returned', instant(dossier.returned_at), 'good');
  const stepsAt = steps.map((s) => Date.parse(s.at));
  const happened = [...marks.map((m) => m.at), ...stepsAt];
  if (happened.length === 0) return null;
  if (open) mark('now', now);

  const from = Math.min(...happened);
  const last = open ? now : Math.max(...stepsAt, instant(dossier.completed_at) ?? from);
  const pauses = apart(
    dossier.pauses.map((p) => ({
      kind: p.kind,
      reason: p.reason,
      open: !p.to,
      from: Date.parse(p.from),
      to: instant(p.to) ?? last,
    })),
    from,
    Math.max(last, from),
  );
  const parts: Stretch<Part>[] = [];
  if (accepted !== undefined && due !== undefined) {
    const until = Math.min(instant(dossier.completed_at) ?? last, due);
    const counted = restarted ?? accepted;
    if (counted > accepted) parts.push({ kind: 'void', from: accepted, to: counted });
    if (until > counted) parts.push({ kind: 'passed', from: counted, to: until });
    if (due > Math.max(until, counted)) parts.push({ kind: 'left', from: Math.max(until, counted), to: due });
    const end =
      standing === 'late' ? now : standing === 'finished_overdue' ? instant(dossier.completed_at) : due;
    if (end !== undefined && end > due) parts.push({ kind: 'late', from: due, to: end });
  }
  const runs = runsOf(dossier, last, now);
  marks.sort((a, b) => a.at - b.at || markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind));
  return {
    from,
    to: Math.max(
      from,
      ...marks.map((m) => m.at),
      ...stepsAt,
      ...pauses.map((p) => p.to),
      ...runs.map((r) => r.left?.to ?? r.to),
    ),
    marks,
    pauses,
    parts,
    steps: [...steps].sort((a, b) => a.seq - b.seq),
    runs,
  };
}

/** The stretches at the steps of the internal workflow; what lasts goes to `last`. */
function runsOf(dossier: Dossier, last: number, now: number): StoryRun[] {
  const { steps = [], runs = [] } = dossier.workflow ?? {};
  const paused = pausedSince(dossier);
  return runs.map((run) => {
    const at = steps.findIndex((step) => step.id === run.step_id);
    const open = !run.ended_at;
    const from = Date.parse(run.started_at);
    const to = Math.max(from, instant(run.ended_at) ?? last);
    const due = Date.parse(run.due_at);
    const late = isLate(run, paused, now);
    const waits = open && paused !== undefined;
    return {
      kind: run.step_id,
      number: at + 1,
      name: steps[at]?.name ?? '',
      desk: steps[at]?.desk ?? '',
      from,
      to,
      due,
      open,
      paused: waits,
      late,
      over: late ? { kind: 'over', from: due, to: waits ? Math.max(due, paused) : to } : null,
      left: open && !waits && due > to ? { kind: 'left', from: to, to: due } : null,
    };
  });
}

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** The days of the line with their shifts; a day the calendar does not know is taken for a day like any other. */
export function lineDays(dates: readonly string[], known: readonly CalendarDay[]): LineDay[] {
  const byDate = new Map(known.map((d) => [d.date, d]));
  return dates.map((date) => {
    const day = byDate.get(date);
    const shifts = [
      ...(day?.shifts ?? []).map((s) => ({ from: minutes(s.from), to: minutes(s.to), counts: true })),
      ...(day?.service_shifts ?? []).map((s) => ({
        from: minutes(s.from),
        to: minutes(s.to),
        counts: false,
      })),
    ];
    return { date, rest: day ? !day.working : false, shifts };
  });
}
