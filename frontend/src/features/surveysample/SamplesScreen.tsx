import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { allQuestionnairesQuery } from '@/features/surveyresult/api';
import { useFigures } from '@/features/surveyresult/useFigures';
import type { SurveySample } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Listed } from '@/shared/ui/Listed';
import { Card, Page } from '@/shared/ui/Page';
import { Rows } from '@/shared/ui/Rows';
import { samplesQuery } from './api';
import { DrawCard } from './DrawCard';

/** The samples of finished dossiers whose people are asked, and drawing another. */
export function SamplesScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('surveysample');
  const navigate = useNavigate();
  const samples = useQuery(samplesQuery(props.cursor));
  return (
    <Page title={t('title')} lead={t('lead')}>
      <DrawCard
        onDrawn={({ id }) => void navigate({ to: '/surveys/samples/$id', params: { id }, search: {} })}
      />
      <Card id="samples" title={t('list.title')}>
        <Listed list={samples} icon="people" none={t('list.none')} onGo={props.onGo}>
          {(items) => <SamplesTable samples={items} />}
        </Listed>
      </Card>
    </Page>
  );
}

function SamplesTable({ samples }: { samples: SurveySample[] }) {
  const { t } = useTranslation('surveysample');
  const { said, count } = useFigures();
  const questionnaires = useQuery(allQuestionnairesQuery()).data?.items ?? [];
  const title = (id: string) => questionnaires.find((q) => q.id === id)?.questionnaire.title;
  return (
    <Rows
      of="samples"
      columns={[
        { label: t('column.period') },
        { label: t('column.questionnaire') },
        { label: t('column.population'), num: true },
        { label: t('column.size'), num: true },
        { label: t('column.drawn') },
      ]}
      rows={samples.map((sample) => {
        const named = title(sample.questionnaire_id);
        return {
          key: sample.id,
          cells: [
            <Link key="link" to="/surveys/samples/$id" params={{ id: sample.id }} search={{}}>
              {t('period', { from: formatDate(sample.first_day), to: formatDate(sample.last_day) })}
            </Link>,
            named && said(named),
            count(sample.population),
            count(sample.size),
            formatDateTime(sample.drawn_at),
          ],
        };
      })}
    />
  );
}
