import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { IndexSnapshotItem } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { snapshotsQuery } from './api';
import css from './indices.module.css';
import { StateChip } from './SnapshotScreen';
import { formatCount, partsOf } from './words';

/** The quarters whose indices were worked out. */
export function IndicesScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('indices');
  const me = useQuery(meQuery()).data;
  const found = useQuery(snapshotsQuery(props.cursor));
  const director = me?.roles.some((r) => r.role === 'director') ?? false;
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      aside={
        director && (
          <Button component={Link} to="/indices/new" leftSection={<Icon name="plus" size={16} />}>
            {t('make.open')}
          </Button>
        )
      }
    >
      <Card id="snapshots" title={t('list.title')}>
        {found.isPending && <Loading />}
        {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
        {found.data?.items.length === 0 && <Empty icon="sheet" title={t('list.empty')} />}
        {found.data && found.data.items.length > 0 && <Snapshots items={found.data.items} />}
        <Pager next={found.data?.next} prev={found.data?.prev} onGo={props.onGo} />
      </Card>
    </Page>
  );
}

function Snapshots({ items }: { items: IndexSnapshotItem[] }) {
  const { t, i18n } = useTranslation('indices');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="snapshots-title" tabIndex={0}>
      <table className={`${ui.table} ${css.grid}`} aria-labelledby="snapshots-title">
        <thead>
          <tr>
            <th scope="col">{t('list.quarter')}</th>
            <th scope="col">{t('head.state')}</th>
            <th scope="col">{t('head.days')}</th>
            <th scope="col" className={css.number}>
              {t('head.dossiers')}
            </th>
            <th scope="col">{t('head.made')}</th>
            <th scope="col">{t('head.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((s) => (
            <tr key={s.id}>
              <td>
                <Link to="/indices/$id" params={{ id: s.id }}>
                  {t('snapshotName', { ...partsOf(s.quarter), version: s.number })}
                </Link>
              </td>
              <td>
                <StateChip frozen={s.frozen} />
              </td>
              <td>{t('list.fromTo', { from: formatDate(s.first_day), to: formatDate(s.last_day) })}</td>
              <td className={css.number}>{formatCount(s.dossiers, i18n.language)}</td>
              <td>{t('head.by', { who: s.made_by.full_name, at: formatDateTime(s.made_at) })}</td>
              <td>{s.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
