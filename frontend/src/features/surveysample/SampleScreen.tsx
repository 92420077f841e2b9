import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { allProceduresQuery, authoritiesQuery } from '@/features/catalogue/api';
import { fieldNames } from '@/features/surveyresult/figures';
import { useFigures } from '@/features/surveyresult/useFigures';
import type { SurveySample } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { questionnaireOfSampleQuery, sampleQuery } from './api';
import css from './sample.module.css';
import { UnitsCard } from './UnitsCard';
import { progressOf, tallyOf, unitStates, type SampleSearch } from './words';

/** One sample: how it was drawn, how far the asking is, and whom it names. */
export function SampleScreen(props: {
  id: string;
  search: SampleSearch;
  onGo: (search: SampleSearch) => void;
}) {
  const { t } = useTranslation('surveysample');
  const sample = useQuery(sampleQuery(props.id));
  const { first_day: from, last_day: to } = sample.data ?? {};
  const title = from && to ? t('one', { from: formatDate(from), to: formatDate(to) }) : t('title');
  return (
    <Page
      title={title}
      aside={
        <span className={css.buttons}>
          <Link to="/surveys/samples" search={{}}>
            {t('back')}
          </Link>
          <Link to="/surveys/samples/$id/list" params={{ id: props.id }} className={ui.linkButton}>
            <Icon name="print" size={16} />
            {t('fieldList.link')}
          </Link>
        </span>
      }
    >
      {sample.isPending && <Loading rows={8} />}
      {sample.isError && <ProblemNotice error={sample.error} onRetry={() => void sample.refetch()} />}
      {sample.data && (
        <>
          <ProgressCard sample={sample.data} />
          <UnitsCard sample={sample.data} search={props.search} onGo={props.onGo} />
          <DrawnCard sample={sample.data} />
        </>
      )}
    </Page>
  );
}

/** Who answered, and who did not: both are part of the result. */
function ProgressCard({ sample }: { sample: SurveySample }) {
  const { t } = useTranslation('surveysample');
  const { count, percent } = useFigures();
  const progress = progressOf(sample);
  const lists = [
    ['main', tallyOf(sample, false)],
    ['reserve', tallyOf(sample, true)],
  ] as const;
  return (
    <Card id="progress" title={t('progress.title')}>
      <div className={css.stack}>
        <p className={css.lead}>
          {t('progress.said', { answered: count(progress.answered), wanted: count(progress.wanted) })}{' '}
          {progress.responsePercent === null
            ? t('progress.notBegun')
            : t('progress.rate', {
                percent: percent(progress.responsePercent),
                tried: count(progress.tried),
              })}
        </p>
        <div className={ui.tableWrap}>
          <table className={`${ui.table} ${css.tally}`} aria-labelledby="progress-title">
            <thead>
              <tr>
                <th scope="col">{t('column.state')}</th>
                {lists.map(([list]) => (
                  <th key={list} scope="col" className="num">
                    {t(`list.${list}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {unitStates.map((state) => (
                <tr key={state}>
                  <th scope="row">{t(`state.${state}`)}</th>
                  {lists.map(([list, tally]) => (
                    <td key={list} className="num">
                      {count(tally[state])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="small soft">{t('progress.reserve')}</p>
      </div>
    </Card>
  );
}

/** How it was drawn: who has the seed draws the same again. */
function DrawnCard({ sample }: { sample: SurveySample }) {
  const { t } = useTranslation('surveysample');
  const { said, count, percent } = useFigures();
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const procedures = useQuery(allProceduresQuery('')).data?.items ?? [];
  const questionnaire = useQuery(questionnaireOfSampleQuery(sample.questionnaire_id)).data;
  const fields = fieldNames(procedures);
  return (
    <Card id="drawn" title={t('drawn.title')}>
      <div className={css.stack}>
        <Facts
          items={[
            [t('column.questionnaire'), questionnaire && said(questionnaire.questionnaire.title)],
            [t('column.population'), count(sample.population)],
            [t('column.size'), count(sample.size)],
            [t('drawn.margin'), percent(sample.margin_basis_points / 100)],
            [
              t('drawn.seed'),
              <code key="seed" className={css.seed} lang="zxx">
                {sample.seed}
              </code>,
            ],
            [t('column.drawn'), formatDateTime(sample.drawn_at)],
          ]}
        />
        <p className="small soft">{t('drawn.again')}</p>
        <h3 id="strata">{t('drawn.strata')}</h3>
        <div className={ui.tableWrap}>
          <table className={`${ui.table} ${css.tally}`} aria-labelledby="strata">
            <thead>
              <tr>
                <th scope="col">{t('column.group')}</th>
                <th scope="col" className="num">
                  {t('column.finished')}
                </th>
                <th scope="col" className="num">
                  {t('column.asked')}
                </th>
              </tr>
            </thead>
            <tbody>
              {sample.strata.map((stratum) => (
                <tr key={`${stratum.authority_id} ${stratum.field}`}>
                  <th scope="row" lang="vi">
                    {wards.find((w) => w.id === stratum.authority_id)?.name}
                    <div className="small soft">{fields.get(stratum.field) ?? stratum.field}</div>
                  </th>
                  <td className="num">{count(stratum.population)}</td>
                  <td className="num">{count(stratum.size)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Card>
  );
}
