import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { centresQuery, meQuery } from '@/features/account/api';
import { allProceduresQuery, authoritiesQuery } from '@/features/catalogue/api';
import { serverNow } from '@/shared/api/session';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { allQuestionnairesQuery, answeredQuery, resultsQuery } from './api';
import { Chooser, type Offered } from './Chooser';
import { fieldNames } from './figures';
import { quartersUntil } from './quarter';
import { QuestionsCard } from './QuestionsCard';
import { Summary } from './Summary';
import { CourseCard, FactorsCard, SlicesCard } from './Tables';

/** What stands in the address of the page of results; what is absent is chosen by the page. */
export interface ResultsSearch {
  quarter?: string;
  questionnaire?: string;
}

/** What people answered in a quarter: the whole, its groups, question by question, and over time. */
export function ResultsScreen(props: { search: ResultsSearch; onGo: (search: ResultsSearch) => void }) {
  const { t } = useTranslation('surveyresult');
  const { search, onGo } = props;
  const me = useQuery(meQuery()).data;
  const centres = useQuery(centresQuery()).data?.items ?? [];
  const quarters = quartersUntil(serverNow());
  const quarter = search.quarter ?? quarters[0];
  const centre = me?.roles.find((r) => r.centre_id)?.centre_id ?? centres[0]?.id ?? '';
  const answered = useQuery(answeredQuery(centre, quarter));
  const questionnaires = useQuery(allQuestionnairesQuery());
  const offered: Offered[] | undefined =
    answered.data &&
    questionnaires.data &&
    offeredOf(
      answered.data.questionnaires.map((q) => q.questionnaire_id),
      questionnaires.data.items
        .filter((q) => q.state !== 'draft')
        .map((q) => ({ ...q, title: q.questionnaire.title })),
    );
  const chosen = search.questionnaire ?? offered?.[0]?.id ?? '';
  const results = useQuery(resultsQuery({ centre_id: centre, questionnaire_id: chosen, quarter }));
  const procedures = useQuery(allProceduresQuery('')).data?.items ?? [];
  const fields = fieldNames(procedures);
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const failed = [answered, questionnaires, results].find((q) => q.isError);
  const all = quarters.includes(quarter) ? quarters : [quarter, ...quarters];
  return (
    <Page title={t('results.title')} lead={t('results.lead')}>
      <Chooser
        quarters={all}
        quarter={quarter}
        offered={offered ?? []}
        questionnaire={chosen}
        onQuarter={(next) => onGo({ ...search, quarter: next })}
        onQuestionnaire={(next) => onGo({ ...search, quarter, questionnaire: next })}
      />
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {offered?.length === 0 && <Empty icon="chart" title={t('results.noQuestionnaire')} />}
      {!failed && results.isPending && offered?.length !== 0 && <Loading rows={8} />}
      {results.data && (
        <>
          <Card id="summary" title={t('summary.title')}>
            <Summary results={results.data} />
          </Card>
          <SlicesCard results={results.data} wards={wards} fields={fields} />
          <FactorsCard results={results.data} />
          {/* A group of one quarter may not be there in another. */}
          <QuestionsCard key={`${chosen} ${quarter}`} results={results.data} fields={fields} />
          <CourseCard results={results.data} />
        </>
      )}
    </Page>
  );
}

/** Those with answers first, so that what there is to see is seen; then the others that are or were asked. */
function offeredOf(answered: string[], all: Offered[]): Offered[] {
  const first = (q: Offered) => (answered.includes(q.id) ? 0 : 1);
  return [...all].sort((a, b) => first(a) - first(b));
}
