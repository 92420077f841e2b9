import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFigures } from '@/features/surveyresult/useFigures';
import type { InspectionSample } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { inspectionQuery, samplesQuery } from './api';
import css from './inspection.module.css';
import { UnitsCard } from './UnitsCard';
import { tallyOf, unitStates, type UnitSearch } from './words';

/** One sample: its dossiers with what came of checking each, and how it was drawn. */
export function SampleScreen(props: {
  inspection: string;
  sample: string;
  search: UnitSearch;
  onGo: (search: UnitSearch) => void;
}) {
  const { t } = useTranslation('inspection');
  const inspection = useQuery(inspectionQuery(props.inspection));
  const samples = useQuery(samplesQuery(props.inspection));
  const sample = samples.data?.items.find((s) => s.id === props.sample);
  const error = inspection.error ?? samples.error;
  const retry = () => {
    void inspection.refetch();
    void samples.refetch();
  };
  return (
    <Page
      title={sample ? t('samples.openOne', { seed: sample.seed }) : t('sample.title')}
      lead={inspection.data && t('sample.of', { number: inspection.data.decision_number })}
    >
      <p>
        <Link to="/inspections/$id" params={{ id: props.inspection }}>
          {t('sample.back')}
        </Link>
      </p>
      {error && <ProblemNotice error={error} onRetry={retry} />}
      {!error && !(inspection.data && samples.data) && <Loading rows={8} />}
      {inspection.data && samples.data && !sample && <Notice tone="late" live title={t('sample.gone')} />}
      {inspection.data && sample && (
        <>
          <UnitsCard inspection={inspection.data} sample={sample} search={props.search} onGo={props.onGo} />
          <TallyCard sample={sample} />
          <DrawnCard sample={sample} />
        </>
      )}
    </Page>
  );
}

function TallyCard({ sample }: { sample: InspectionSample }) {
  const { t } = useTranslation('inspection');
  const { count } = useFigures();
  const tally = tallyOf(sample);
  return (
    <Card id="tally" title={t('sample.tally')}>
      <table className={ui.table} aria-labelledby="tally-title">
        <thead>
          <tr>
            <th scope="col">{t('sample.outcome')}</th>
            <th scope="col" className="num">
              {t('sample.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {unitStates.map((state) => (
            <tr key={state}>
              <td>{t(`outcomes.${state}`)}</td>
              <td className="num">{count(tally[state])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function DrawnCard({ sample }: { sample: InspectionSample }) {
  const { t } = useTranslation('inspection');
  const { count, percent } = useFigures();
  return (
    <Card id="drawn" title={t('sample.how')}>
      <div className={css.stack}>
        <Facts
          items={[
            [t('samples.from'), t(sample.finished_only ? 'samples.finished' : 'samples.received')],
            [
              t('samples.size'),
              t('sample.fromPopulation', { size: count(sample.size), population: count(sample.population) }),
            ],
            [t('sample.margin'), percent(sample.margin_basis_points / 100)],
            [
              t('samples.seed'),
              <span key="seed" className={`code ${css.seed}`}>
                {sample.seed}
              </span>,
            ],
            [t('samples.drawn'), formatDateTime(sample.drawn_at)],
          ]}
        />
        <p className="small soft">{t('samples.how')}</p>
      </div>
    </Card>
  );
}
