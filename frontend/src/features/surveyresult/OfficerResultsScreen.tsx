import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { authoritiesQuery } from '@/features/catalogue/api';
import { serverNow } from '@/shared/api/session';
import type { SurveyOfficerResult } from '@/shared/api/types';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { officerResultsQuery, ownResultsQuery } from './api';
import { BarLegend } from './Bars';
import { Distribution } from './QuestionsCard';
import { quartersOver } from './quarter';
import css from './result.module.css';
import { ShareTable } from './ShareTable';
import { useFigures } from './useFigures';

const answersOf = (result: SurveyOfficerResult) => result.counts.reduce((sum, c) => sum + c.n, 0);
const keyOf = (r: SurveyOfficerResult) =>
  [r.officer.id, r.authority_id, r.questionnaire_id, r.question.id].join(' ');

/** What is counted about oneself in a quarter that is over; about everybody for who answers for them. */
export function OfficerResultsScreen(props: { quarter?: string; onGo: (quarter: string) => void }) {
  const { t } = useTranslation('surveyresult');
  const { quarter: name } = useFigures();
  const me = useQuery(meQuery()).data;
  const quarters = quartersOver(serverNow());
  const quarter = props.quarter ?? quarters[0];
  const all = me?.permissions.includes('surveys.officers') ?? false;
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')}>
      <Card id="choose" title={t('choose.title')}>
        <div className={css.choose}>
          <NativeSelect
            name="quarter"
            className={css.quarter}
            label={t('choose.quarter')}
            description={t('mine.over')}
            value={quarter}
            data={(quarters.includes(quarter) ? quarters : [quarter, ...quarters]).map((q) => ({
              value: q,
              label: name(q),
            }))}
            onChange={(e) => props.onGo(e.currentTarget.value)}
          />
        </div>
      </Card>
      <OwnCard quarter={quarter} />
      {all && <EverybodyCard quarter={quarter} />}
    </Page>
  );
}

function OwnCard({ quarter }: { quarter: string }) {
  const { t } = useTranslation('surveyresult');
  const { said } = useFigures();
  const { name } = useWards();
  const own = useQuery(ownResultsQuery(quarter));
  return (
    <Card id="own" title={t('mine.own')}>
      <div className={css.stack}>
        <Notice title={t('mine.private')} />
        {own.isPending && <Loading />}
        {own.isError && <ProblemNotice error={own.error} onRetry={() => void own.refetch()} />}
        {own.data?.results.length === 0 && <Empty icon="user" title={t('mine.none')} />}
        {own.data && own.data.results.length > 0 && (
          <>
            <BarLegend />
            <ShareTable
              labelledBy="own-title"
              head={t('column.question')}
              rows={own.data.results.map((result) => ({
                key: keyOf(result),
                label: `${said(result.question.text)} – ${name(result.authority_id)}`,
                n: answersOf(result),
                share: result.satisfied,
              }))}
            />
            <div className={css.questions}>
              {own.data.results.map((result, i) => (
                <Distribution
                  key={keyOf(result)}
                  id={`own-${i}`}
                  question={result.question}
                  result={{ question: result.question.id, n: answersOf(result), counts: result.counts }}
                />
              ))}
            </div>
          </>
        )}
      </div>
    </Card>
  );
}

function EverybodyCard({ quarter }: { quarter: string }) {
  const { t } = useTranslation('surveyresult');
  const { said } = useFigures();
  const { name } = useWards();
  const all = useQuery(officerResultsQuery(quarter));
  return (
    <Card id="officers" title={t('mine.everybody')}>
      <div className={css.stack}>
        <p className="small soft">{t('mine.least')}</p>
        {all.isPending && <Loading />}
        {all.isError && <ProblemNotice error={all.error} onRetry={() => void all.refetch()} />}
        {all.data?.results.length === 0 && <Empty icon="people" title={t('mine.noneOf')} />}
        {all.data && all.data.results.length > 0 && (
          <>
            <BarLegend />
            <ShareTable
              labelledBy="officers-title"
              head={t('column.officer')}
              more={t('column.question')}
              rows={all.data.results.map((result) => ({
                key: keyOf(result),
                label: `${result.officer.full_name} – ${name(result.authority_id)}`,
                vietnamese: true,
                n: answersOf(result),
                share: result.satisfied,
                more: said(result.question.text),
              }))}
            />
          </>
        )}
      </div>
    </Card>
  );
}

/** The names of the wards by their ids. */
function useWards() {
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  return { name: (id: string) => wards.find((w) => w.id === id)?.name ?? '' };
}
