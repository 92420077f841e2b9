import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionnaireView } from '@/shared/api/types';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { questionnaireQuery } from './api';
import { Builder } from './Builder';
import { emptyForm, toForm } from './form';
import { PublishedScreen } from './PublishedScreen';

function Fetched({ id, children }: { id: string; children: (view: QuestionnaireView) => ReactNode }) {
  const { t } = useTranslation('survey');
  const found = useQuery(questionnaireQuery(id));
  if (found.data) return children(found.data);
  return (
    <Page title={t('list.title')}>
      {found.isError ? (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Loading rows={8} />
      )}
    </Page>
  );
}

/** One questionnaire: a draft is written, what was published is read. */
export function QuestionnaireScreen({ id }: { id: string }) {
  return (
    <Fetched key={id} id={id}>
      {(view) =>
        view.state === 'draft' ? <Begun key={view.id} view={view} /> : <PublishedScreen view={view} />
      }
    </Fetched>
  );
}

/** A new one: from nothing, or as the next number of one that is there. */
export function NewQuestionnaireScreen({ from }: { from?: string }) {
  if (!from) return <Begun view={null} />;
  return <Fetched id={from}>{(view) => <Begun view={null} from={view} />}</Fetched>;
}

function Begun({ view, from }: { view: QuestionnaireView | null; from?: QuestionnaireView }) {
  const start = useMemo(() => (from ? toForm(from.questionnaire) : emptyForm()), [from]);
  return <Builder view={view} start={start} follows={from !== undefined} />;
}
