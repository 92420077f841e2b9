import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFigures } from '@/features/surveyresult/useFigures';
import type { Inspection } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Listed } from '@/shared/ui/Listed';
import { Card } from '@/shared/ui/Page';
import { Rows } from '@/shared/ui/Rows';
import { samplesQuery } from './api';

/** The samples that the team drew, with how far their checking is. */
export function SamplesCard({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  const { count } = useFigures();
  const samples = useQuery(samplesQuery(inspection.id));
  return (
    <Card id="samples" title={t('samples.title')}>
      <Listed list={samples} none={t('samples.none')}>
        {(items) => (
          <Rows
            of="samples"
            columns={[
              { label: t('samples.seed') },
              { label: t('samples.from') },
              { label: t('samples.population'), num: true },
              { label: t('samples.size'), num: true },
              { label: t('samples.checked'), num: true },
              { label: t('outcomes.finding'), num: true },
              { label: t('samples.drawn') },
            ]}
            rows={items.map((sample) => ({
              key: sample.id,
              cells: [
                <Link
                  key="link"
                  to="/inspections/$id/samples/$sample"
                  params={{ id: inspection.id, sample: sample.id }}
                  search={{}}
                  aria-label={t('samples.openOne', { seed: sample.seed })}
                >
                  {sample.seed}
                </Link>,
                t(sample.finished_only ? 'samples.finished' : 'samples.received'),
                count(sample.population),
                count(sample.size),
                t('samples.progress', {
                  done: count(sample.size - sample.unchecked),
                  size: count(sample.size),
                }),
                count(sample.findings),
                formatDateTime(sample.drawn_at),
              ],
            }))}
          />
        )}
      </Listed>
    </Card>
  );
}
