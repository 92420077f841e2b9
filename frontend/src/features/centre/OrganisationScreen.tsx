import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { centresQuery } from '@/features/account/api';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { organisationQuery } from './api';
import css from './centre.module.css';
import { DetailsCard } from './DetailsCard';
import { CounterForm, PointForm, ServedForm } from './forms';
import { LogoCard } from './LogoCard';
import { SpanTable } from './SpanTable';

/** Where the centre receives, at which counters and for whom; each has its first day and may get its last. */
export function OrganisationScreen() {
  const { t } = useTranslation('centre');
  const centres = useQuery(centresQuery());
  return (
    <Page title={t('title')} lead={t('lead')}>
      {centres.isPending && <Loading rows={4} />}
      {centres.isError && <ProblemNotice error={centres.error} onRetry={() => void centres.refetch()} />}
      {centres.data?.items.map((c) => (
        <Centre key={c.id} id={c.id} />
      ))}
    </Page>
  );
}

function Centre({ id }: { id: string }) {
  const { t } = useTranslation('centre');
  const found = useQuery(organisationQuery(id));
  if (found.isPending) return <Loading rows={4} />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const { centre, points, counters, served } = found.data;
  const placeOf = (point?: string | null) => points.find((p) => p.id === point)?.name ?? t('ownHouse');
  return (
    <>
      <p className="soft">{[centre.name, centre.commune, centre.province].join(' · ')}</p>
      <DetailsCard centre={centre} />
      <LogoCard centre={id} />
      <Card id={`points-${id}`} title={t('points.title')}>
        <div className={css.stack}>
          <SpanTable
            centre={id}
            label={`points-${id}-title`}
            none={t('points.none')}
            rows={points.map((p) => ({
              what: { kind: 'point', id: p.id },
              name: p.name,
              detail: [t(`kind.${p.kind}`), p.address, p.phone].filter(Boolean).join(' · '),
              from: p.valid_from,
              to: p.valid_to,
            }))}
          />
          <PointForm centre={id} />
        </div>
      </Card>
      <Card id={`counters-${id}`} title={t('counters.title')}>
        <div className={css.stack}>
          <SpanTable
            centre={id}
            label={`counters-${id}-title`}
            none={t('counters.none')}
            rows={counters.map((c) => ({
              what: { kind: 'counter', id: c.id },
              name: c.name,
              detail: placeOf(c.point_id),
              from: c.valid_from,
              to: c.valid_to,
            }))}
          />
          <CounterForm centre={id} points={points} />
        </div>
      </Card>
      <Card id={`served-${id}`} title={t('served.title')}>
        <div className={css.stack}>
          <SpanTable
            centre={id}
            label={`served-${id}-title`}
            none={t('served.none')}
            rows={served.map((s) => ({
              what: { kind: 'served', id: s.authority_id },
              name: s.name,
              detail: s.code,
              from: s.valid_from,
              to: s.valid_to,
            }))}
          />
          <ServedForm centre={id} served={served} />
        </div>
      </Card>
    </>
  );
}
