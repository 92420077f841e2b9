import { useTranslation } from 'react-i18next';
import { useDecisionWords } from '@/features/catalogue/useDecisionWords';
import { toneOf } from '@/features/deadline/concerns';
import { useWorkingTimeWords } from '@/features/deadline/TimingText';
import { serverNow } from '@/shared/api/session';
import type { Dossier } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { capital, formatDateTime } from '@/shared/ui/format';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { Chip } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './dossier.module.css';
import {
  isLate,
  openRun,
  pausedSince,
  restartedAt,
  stagesOf,
  type Stage,
  type StepRun,
  type Workflow,
} from './workflow';

const signs: Record<Stage['standing'], IconName | null> = {
  now: 'right',
  done: 'check',
  ahead: null,
  passed_over: null,
};

/** The steps of the internal workflow: what is planned, where it is and since when. No plan: no card. */
export function WorkflowCard({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation(['dossier', 'catalogue']);
  const decisionWords = useDecisionWords();
  const { workflow } = dossier;
  if (!workflow) return null;
  return (
    <Card id="workflow" title={t('workflow.title')}>
      <div className={css.workflow}>
        <Standing dossier={dossier} workflow={workflow} />
        <ol className={css.stages}>
          {stagesOf(workflow).map((stage) => (
            <StageRow key={stage.step.id} stage={stage} dossier={dossier} />
          ))}
        </ol>
        <p className="small soft">
          {t('catalogue:workflow.by', { decision: decisionWords(workflow.decision) })} {t('workflow.apart')}
        </p>
      </div>
    </Card>
  );
}

/** Where it is now, since when and by when. */
function Standing({ dossier, workflow }: { dossier: Dossier; workflow: Workflow }) {
  const { t } = useTranslation('dossier');
  const run = openRun(workflow);
  const at = workflow.steps.findIndex((step) => step.id === run?.step_id);
  const step = workflow.steps[at];
  if (!run || !step) return <p>{t(workflow.runs.length > 0 ? 'workflow.nowhere' : 'workflow.notBegun')}</p>;
  const paused = pausedSince(dossier);
  return (
    <div className={css.turn}>
      <p>
        <strong>
          {t('workflow.now', { number: at + 1, count: workflow.steps.length, name: step.name })}
        </strong>
      </p>
      <p>
        {paused === undefined
          ? t('workflow.sinceBy', { from: formatDateTime(run.started_at), due: formatDateTime(run.due_at) })
          : t('workflow.since', { from: formatDateTime(run.started_at) })}
      </p>
      {isLate(run, paused, serverNow().getTime()) && <LateStep />}
      {paused !== undefined && (
        <Chip tone="rest" icon="pause">
          {t('workflow.paused')}
        </Chip>
      )}
    </div>
  );
}

/** A step that is late is not a promise that is: it has the colour of its list, and its own words. */
export function LateStep() {
  const { t } = useTranslation('dossier');
  return (
    <Chip tone={toneOf('step_late')} icon="late">
      {t('workflow.late')}
    </Chip>
  );
}

function StageRow({ stage, dossier }: { stage: Stage; dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  const time = useWorkingTimeWords();
  const { step, number, runs, standing } = stage;
  const sign = signs[standing];
  return (
    <li data-standing={standing} aria-current={standing === 'now' ? 'step' : undefined}>
      <span className={css.stageSign} aria-hidden="true">
        {sign ? <Icon name={sign} size={14} /> : number}
      </span>
      <div>
        <p className={css.what}>
          {step.name} <span className="small soft">{t(`workflow.standing.${standing}`)}</span>
        </p>
        <p className="small soft">
          {capital(word('dossier:desk', step.desk))} · {time({ remaining_working_minutes: step.minutes })}
        </p>
        {runs.map(
          (run) =>
            run.ended_at && <Run key={run.started_at} run={run} ended={run.ended_at} dossier={dossier} />,
        )}
      </div>
    </li>
  );
}

/** A stretch at a step that is over; of the one that lasts all is said above. */
function Run({ run, ended, dossier }: { run: StepRun; ended: string; dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const anew = Date.parse(ended) === restartedAt(dossier);
  return (
    <div className={css.run}>
      <p className="small">
        {t(anew ? 'workflow.begunAnew' : 'workflow.ended', {
          from: formatDateTime(run.started_at),
          to: formatDateTime(ended),
          name: run.ended_by?.full_name ?? t('timeline.system'),
        })}
      </p>
      {run.late && (
        <Chip tone={toneOf('step_late')} icon="late">
          {t('workflow.lateBy', { due: formatDateTime(run.due_at) })}
        </Chip>
      )}
    </div>
  );
}
