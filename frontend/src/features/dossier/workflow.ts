import type { Dossier } from '@/shared/api/types';

export type Workflow = NonNullable<Dossier['workflow']>;
export type PlannedStep = Workflow['steps'][number];
export type StepRun = Workflow['runs'][number];

type Walked = Pick<Dossier, 'accepted_at' | 'competent_received_at' | 'clock_started_at' | 'pauses'>;

const time = (iso: string | null | undefined) => (iso ? Date.parse(iso) : undefined);

/** When the limit was begun from its start again, by a supplement that was complete; not its first start. */
export function restartedAt(dossier: Walked): number | undefined {
  const started = time(dossier.clock_started_at);
  const first = [time(dossier.accepted_at), time(dossier.competent_received_at)];
  return started === undefined || first.includes(started) || first[0] === undefined ? undefined : started;
}

/** Since when the clock stands still, if it does. */
export const pausedSince = (dossier: Pick<Walked, 'pauses'>): number | undefined =>
  time(dossier.pauses.find((pause) => !pause.to)?.from);

/** Whether a step took, or is taking, longer than it may; time goes on after the server was asked. */
export const isLate = (run: StepRun, paused: number | undefined, now: number): boolean =>
  run.late || (!run.ended_at && paused === undefined && now > Date.parse(run.due_at));

/** The stretch that lasts. */
export const openRun = ({ runs }: Workflow): StepRun | undefined => runs.find((run) => !run.ended_at);

/** The step that is planned after the one a dossier is at. */
export function stepAfter(workflow: Workflow): PlannedStep | undefined {
  const at = workflow.steps.findIndex((step) => step.id === openRun(workflow)?.step_id);
  return at < 0 ? undefined : workflow.steps[at + 1];
}

/** A planned step, with the stretches for which the dossier was there. */
export interface Stage {
  step: PlannedStep;
  number: number;
  runs: StepRun[];
  standing: 'now' | 'done' | 'ahead' | 'passed_over';
}

/** Every planned step and where the dossier is among them. */
export function stagesOf({ steps, runs }: Workflow): Stage[] {
  const last = runs.at(-1);
  const at = steps.findIndex((step) => step.id === last?.step_id);
  return steps.map((step, i) => {
    const own = runs.filter((run) => run.step_id === step.id);
    const now = own.some((run) => !run.ended_at);
    // Once begun anew, what lies ahead was there before; it lies ahead again.
    const standing = now
      ? 'now'
      : i > at && last && !last.ended_at
        ? 'ahead'
        : own.length > 0
          ? 'done'
          : 'passed_over';
    return { step, number: i + 1, runs: own, standing };
  });
}
