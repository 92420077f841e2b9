import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkingTimeWords } from '@/features/deadline/TimingText';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import type { LimitUnit } from '@/shared/api/types';
import { Chip } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import css from './draft.module.css';
import { emptyStep, emptyWorkflow, type ProcedureForm, type StepForm } from './form';
import { Choice, DayField, DecimalField, LongField, NumberField, TextField } from './inputs';
import { bind, inside, present, type Part } from './part';
import { RowList } from './RowList';
import { promisedOf, sumOf } from './workflow';
import { stepDesks } from './words';

/** The province's internal workflow: which desk has how much of the limit. */
export function WorkflowSection({ part }: { part: Part<ProcedureForm> }) {
  const { t } = useTranslation('draft');
  const whole = inside(part, 'workflow');
  const workflow = present(whole);
  const decision = workflow && inside(workflow, 'decision');
  return (
    <Card id="workflow" title={t('workflow.title')}>
      <p className="soft">{t('workflow.lead')}</p>
      <div className={css.sub}>
        <Checkbox
          name="workflow"
          label={t('workflow.has')}
          checked={workflow !== null}
          error={part.errors.workflow}
          onChange={(e) => {
            const { checked } = e.currentTarget;
            whole.change('workflow', () => (checked ? emptyWorkflow() : null));
          }}
        />
      </div>
      {workflow && decision && (
        <div className={`${css.fields} ${css.sub}`}>
          <TextField
            of={bind(decision, 'number')}
            required
            label={t('workflow.number')}
            description={t('workflow.numberHint')}
            className={css.half}
          />
          <DayField of={bind(decision, 'date')} label={t('workflow.date')} className={css.half} />
          <div>
            <RowList
              part={inside(workflow, 'steps')}
              one={(number) => t('workflow.one', { number })}
              says={(step) => step.name}
              make={emptyStep}
              add={t('workflow.add')}
              remove={t('workflow.remove')}
            >
              {(step) => <StepFields part={step} />}
            </RowList>
          </div>
          <Sum form={part.value} />
        </div>
      )}
    </Card>
  );
}

function StepFields({ part }: { part: Part<StepForm> }) {
  const { t } = useTranslation('draft');
  const hours = bind(part, 'hours');
  const minutes = bind(part, 'minutes');
  // One figure to the server, whose complaint stands at the first of the two fields and is answered in either.
  const at = `${part.at}/minutes`;
  return (
    <div className={css.fields}>
      <LongField of={bind(part, 'name')} required label={t('workflow.name')} />
      <Choice
        of={bind(part, 'desk')}
        label={t('workflow.desk')}
        options={stepDesks}
        words="dossier:desk"
        className={css.half}
      />
      <DecimalField
        of={{
          ...hours,
          at,
          error: part.errors[at],
          set: (typed) => part.change(at, (step) => ({ ...step, hours: typed })),
        }}
        label={t('workflow.hours')}
        className={css.figure}
      />
      <NumberField
        of={{
          ...minutes,
          at: `${at}/rest`,
          set: (typed) => part.change(`${at}/rest`, (step) => ({ ...step, minutes: typed })),
        }}
        label={t('workflow.minutes')}
        className={css.figure}
      />
    </div>
  );
}

/** What the steps take together, beside what the citizen is promised. */
function Sum({ form }: { form: ProcedureForm }) {
  const { t } = useTranslation('draft');
  const time = useWorkingTimeWords();
  const limitWords = useLimitWords();
  const words = (minutes: number) => time({ remaining_working_minutes: minutes });
  const sum = sumOf(form);
  const promised = promisedOf(form);
  const rest = promised?.minutes == null ? null : promised.minutes - sum;
  const { amount, unit } = promised?.limit ?? {};
  return (
    <div role="group" aria-label={t('workflow.sumLabel')}>
      <Facts
        items={[
          [t('workflow.sum'), words(sum) || t('workflow.noTime')],
          [
            t('workflow.limit'),
            amount === undefined
              ? t('workflow.noLimit')
              : limitWords({ amount, unit: unit as LimitUnit }) +
                (promised?.minutes && unit !== 'working_hour' ? ` (${words(promised.minutes)})` : ''),
          ],
        ]}
      />
      <p role="status" className={css.sub}>
        {rest !== null && sum > 0 && (
          <Chip tone={rest < 0 ? 'late' : 'good'} icon={rest < 0 ? 'late' : 'check'}>
            {rest < 0
              ? t('workflow.over', { time: words(-rest) })
              : rest === 0
                ? t('workflow.exact')
                : t('workflow.left', { time: words(rest) })}
          </Chip>
        )}
      </p>
    </div>
  );
}
