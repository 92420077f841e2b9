import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { publicCentresQuery } from '@/features/centre/api';
import { serverNow } from '@/shared/api/session';
import type { SurveyResults } from '@/shared/api/types';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { answeredQuery, resultsQuery } from './api';
import { BarLegend } from './Bars';
import { Chooser } from './Chooser';
import { kindOf, percentOf, reasonsOf } from './figures';
import { quartersUntil } from './quarter';
import css from './result.module.css';
import { ShareTable } from './ShareTable';
import { Summary } from './Summary';
import { CourseCard } from './Tables';
import { useFigures } from './useFigures';

/** What stands in the address of the public page. */
export interface PublicResultsSearch {
  noi?: string;
  quy?: string;
  phieu?: string;
}

/** What people answered, for everybody to read. */
export function PublicResultsScreen(props: {
  search: PublicResultsSearch;
  onGo: (search: PublicResultsSearch) => void;
}) {
  const { t } = useTranslation('surveyresult');
  const { search, onGo } = props;
  const centres = useQuery(publicCentresQuery());
  const quarters = quartersUntil(serverNow());
  const quarter = search.quy ?? quarters[0];
  const places = centres.data?.items.map(({ id, name }) => ({ id, name }));
  const centre = search.noi ?? places?.[0]?.id ?? '';
  const answered = useQuery(answeredQuery(centre, quarter));
  const offered = answered.data?.questionnaires.map((q) => ({ ...q, id: q.questionnaire_id })) ?? [];
  const chosen = offered.find((q) => q.id === search.phieu)?.id ?? offered[0]?.id ?? '';
  const results = useQuery(resultsQuery({ centre_id: centre, questionnaire_id: chosen, quarter }));
  const failed = [centres, answered, results].find((q) => q.isError);
  return (
    <Page title={t('public.title')} lead={t('public.lead')}>
      <Chooser
        quarters={quarters.includes(quarter) ? quarters : [quarter, ...quarters]}
        quarter={quarter}
        offered={offered}
        questionnaire={chosen}
        centres={places}
        centre={centre}
        onCentre={(noi) => onGo({ noi, quy: quarter })}
        onQuarter={(quy) => onGo({ ...search, quy })}
        onQuestionnaire={(phieu) => onGo({ ...search, quy: quarter, phieu })}
      />
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {places?.length === 0 && <Empty icon="chart" title={t('public.noCentre')} />}
      {answered.data?.questionnaires.length === 0 && (
        <Empty icon="chart" title={t('public.none')}>
          <p>{t('public.whyNone')}</p>
        </Empty>
      )}
      {!failed && ((answered.isPending && places?.length !== 0) || (chosen !== '' && results.isPending)) && (
        <Loading rows={6} />
      )}
      {chosen !== '' && results.data && <Shown results={results.data} />}
      <p>
        <Link to="/tra-cuu" search={{}}>
          {t('public.lookup')}
        </Link>
      </p>
    </Page>
  );
}

function Shown({ results }: { results: SurveyResults }) {
  const { t } = useTranslation('surveyresult');
  const wards = results.slices.filter((s) => kindOf(s) === 'authority');
  return (
    <>
      <Card id="summary" title={t('summary.title')}>
        <Summary results={results} />
      </Card>
      <ReasonsCard results={results} />
      {wards.length > 0 && (
        <Card id="wards" title={t('groups.wards')}>
          <div className={css.stack}>
            <BarLegend />
            <ShareTable
              labelledBy="wards-title"
              head={t('column.ward')}
              asked
              rows={wards.map((s) => ({
                key: s.authority_id ?? '',
                label: s.authority_name ?? '',
                vietnamese: true,
                asked: s.asked,
                n: s.n ?? null,
                share: s.satisfied,
              }))}
            />
            <p className="small soft">{t('groups.whyHeld', { fewest: results.fewest })}</p>
          </div>
        </Card>
      )}
      <CourseCard results={results} />
    </>
  );
}

/** No more than these are named. */
const MOST_REASONS = 5;

/** What people named most of all that was not good. */
function ReasonsCard({ results }: { results: SurveyResults }) {
  const { t } = useTranslation('surveyresult');
  const { count, percent, said, choice } = useFigures();
  const whole = results.slices.find((s) => kindOf(s) === 'whole');
  const reasons = whole ? reasonsOf(results.questionnaire, whole, MOST_REASONS) : [];
  if (reasons.length === 0) return null;
  return (
    <Card id="reasons" title={t('reasons.title')}>
      {reasons.map(({ question, n, chosen }) => (
        <div key={question.id} className={css.part}>
          <h3>{said(question.text)}</h3>
          <p className="small soft">{t('questions.n', { n: count(n) })}</p>
          <ol>
            {chosen.map((c) => (
              <li key={c.choice}>
                {t('reasons.one', {
                  reason: choice(c, question.kind),
                  n: count(c.n),
                  percent: percent(percentOf(c.n, n)),
                })}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </Card>
  );
}
