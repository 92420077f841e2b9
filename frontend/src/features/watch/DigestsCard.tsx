import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime, formatWeekday } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { digestsQuery } from './api';
import { countsOf } from './board';
import { CountTable } from './CountTable';

/** How the last working days began, newest first. */
export function DigestsCard() {
  const { t, i18n } = useTranslation('watch');
  const [cursor, setCursor] = useState<string>();
  const digests = useQuery(digestsQuery(cursor));
  const items = digests.data?.items ?? [];
  return (
    <Card id="digests" title={t('digests.title')}>
      <p className="small soft">{t('digests.lead')}</p>
      {digests.isPending && <Loading rows={3} />}
      {digests.isError && <ProblemNotice error={digests.error} onRetry={() => void digests.refetch()} />}
      {digests.data && items.length === 0 && <p className="soft">{t('digests.none')}</p>}
      {items.length > 0 && (
        <CountTable
          label={t('digests.title')}
          head={t('head.days')}
          clear={t('digests.clear')}
          rows={items.map((digest) => ({
            key: digest.on,
            name: formatDate(digest.on),
            madeAt: digest.made_at,
            counts: countsOf(digest.total),
          }))}
          title={(row) => (
            <>
              {row.name}{' '}
              <span className="small soft">
                {formatWeekday(row.key, i18n.language)}, {formatTime(row.madeAt)}
              </span>
            </>
          )}
        />
      )}
      <Pager next={digests.data?.next} prev={digests.data?.prev} onGo={setCursor} />
    </Card>
  );
}
