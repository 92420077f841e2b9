import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useWorkingTimeWords } from '@/features/deadline/TimingText';
import { versionQuery } from '@/features/draft/api';
import { useWord } from '@/shared/i18n/useWord';
import { capital } from '@/shared/ui/format';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { useDecisionWords } from './useDecisionWords';
import css from './catalogue.module.css';

/** The internal workflow of a version; nothing where it has none. */
export function WorkflowCard({ code, version }: { code: string; version: number }) {
  const { t } = useTranslation('catalogue');
  const word = useWord();
  const time = useWorkingTimeWords();
  const decisionWords = useDecisionWords();
  const query = useQuery(versionQuery(code, version));
  const workflow = query.data?.procedure.workflow;
  if (!workflow && !query.isError) return null;
  const words = (minutes: number) => time({ remaining_working_minutes: minutes });
  return (
    <Card id="workflow" title={t('workflow.title')}>
      {query.isError && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
      {workflow && (
        <>
          <p className="soft">{t('workflow.by', { decision: decisionWords(workflow.decision) })}</p>
          <ol className={css.steps}>
            {workflow.steps.map((step) => (
              <li key={step.id}>
                {step.name}
                <p className="small soft">
                  {capital(word('dossier:desk', step.desk))} · {words(step.minutes)}
                </p>
              </li>
            ))}
          </ol>
          <p>
            {t('workflow.sum', { time: words(workflow.steps.reduce((sum, step) => sum + step.minutes, 0)) })}
          </p>
          <p className="small soft">{t('workflow.apart')}</p>
        </>
      )}
    </Card>
  );
}
