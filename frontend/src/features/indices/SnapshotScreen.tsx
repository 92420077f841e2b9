import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { IndexSnapshot } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { FileButton } from '@/shared/ui/FileButton';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { snapshotQuery, snapshotWorkbook, useFreeze } from './api';
import { ComparisonCard } from './ComparisonCard';
import { CountsCard } from './CountsCard';
import { EnteredCard } from './EnteredCard';
import css from './indices.module.css';
import { OfficersCard } from './OfficersCard';
import { ServiceCard } from './ServiceCard';
import { UnitsCard } from './UnitsCard';
import { formatCount, partsOf } from './words';

/** The indices of one quarter, as they were worked out once. */
export function SnapshotScreen({ id }: { id: string }) {
  const { t } = useTranslation('indices');
  const found = useQuery(snapshotQuery(id));
  const whole = found.data;
  const title = whole
    ? t('snapshotName', { ...partsOf(whole.snapshot.quarter), version: whole.snapshot.number })
    : t('title');
  return (
    <Page title={title} lead={whole?.centre}>
      {found.isPending && <Loading rows={8} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {whole && (
        <>
          <HeadCard whole={whole} />
          <UnitsCard whole={whole} />
          <CountsCard whole={whole} />
          {whole.officers_shown && <OfficersCard whole={whole} />}
          <ComparisonCard whole={whole} />
          <ServiceCard whole={whole} />
          <EnteredCard whole={whole} />
        </>
      )}
    </Page>
  );
}

function HeadCard({ whole }: { whole: IndexSnapshot }) {
  const { t, i18n } = useTranslation('indices');
  const [asking, setAsking] = useState(false);
  const me = useQuery(meQuery()).data;
  const { snapshot } = whole;
  const director = me?.roles.some((r) => r.role === 'director') ?? false;
  return (
    <Card id="which" title={t('head.title')}>
      <div className={css.body}>
        <Facts
          items={[
            [t('head.state'), <StateChip key="state" frozen={snapshot.frozen} />],
            [
              t('head.days'),
              t('head.fromTo', {
                from: formatDate(snapshot.first_day),
                to: formatDate(snapshot.last_day),
                source: whole.cut_off_source,
              }),
            ],
            [t('head.dossiers'), formatCount(snapshot.dossiers, i18n.language)],
            [
              t('head.made'),
              t('head.by', { who: snapshot.made_by.full_name, at: formatDateTime(snapshot.made_at) }),
            ],
            [
              t('head.frozen'),
              snapshot.frozen_by &&
                snapshot.frozen_at &&
                t('head.by', {
                  who: snapshot.frozen_by.full_name,
                  at: formatDateTime(snapshot.frozen_at),
                }),
            ],
            [t('head.reason'), snapshot.reason],
          ]}
        />
        <div className={css.tools}>
          {director && !snapshot.frozen && (
            <Button onClick={() => setAsking(true)}>{t('freeze.open')}</Button>
          )}
          <FileButton
            keep
            icon="sheet"
            otherwise={`chi-so-${snapshot.quarter.toLowerCase()}.xlsx`}
            ask={() => snapshotWorkbook(snapshot.id)}
          >
            {t('head.workbook')}
          </FileButton>
          <Link to="/indices" search={{}}>
            {t('head.all')}
          </Link>
        </div>
      </div>
      {asking && <FreezeDialog whole={whole} onClose={() => setAsking(false)} />}
    </Card>
  );
}

export function StateChip({ frozen }: { frozen: boolean }) {
  const { t } = useTranslation('indices');
  return (
    <Chip tone={frozen ? 'good' : 'soon'} icon={frozen ? 'lock' : 'edit'}>
      {t(frozen ? 'state.frozen' : 'state.draft')}
    </Chip>
  );
}

function FreezeDialog({ whole, onClose }: { whole: IndexSnapshot; onClose: () => void }) {
  const { t } = useTranslation(['indices', 'common']);
  const freeze = useFreeze();
  return (
    <Dialog title={t('freeze.title')} onClose={onClose}>
      <div className={css.body}>
        <Notice tone="soon">{t('freeze.lead')}</Notice>
        {freeze.isError && <ProblemNotice error={freeze.error} />}
        <div className={ui.dialogTools}>
          <Button
            data-autofocus
            loading={freeze.isPending}
            onClick={() => freeze.mutate(whole, { onSuccess: onClose })}
          >
            {t('freeze.send')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
