import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import type { UnbankedCollection } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import css from './payment.module.css';
import { useUnbanked } from './reconcile';

/** What cashiers say was collected and no bank has told of yet. */
export function UnbankedCard() {
  const { t } = useTranslation('payment');
  const [cursor, setCursor] = useState<string>();
  const waiting = useUnbanked(undefined, cursor);
  return (
    <Card id="unbanked" title={t('unbanked.title')}>
      <p className="small soft">{t('unbanked.lead')}</p>
      {waiting.isPending && <Loading rows={3} />}
      {waiting.isError && <ProblemNotice error={waiting.error} onRetry={() => void waiting.refetch()} />}
      {waiting.data?.items.length === 0 && <p className="soft">{t('unbanked.none')}</p>}
      {waiting.data && waiting.data.items.length > 0 && (
        <ul className={css.due}>
          {waiting.data.items.map((c) => (
            <Line key={c.id} collection={c} />
          ))}
        </ul>
      )}
      <Pager next={waiting.data?.next} prev={waiting.data?.prev} onGo={setCursor} />
    </Card>
  );
}

function Line({ collection }: { collection: UnbankedCollection }) {
  const { t } = useTranslation(['payment', 'fee']);
  const authority = useQuery(authoritiesQuery()).data?.items.find((a) => a.id === collection.authority_id);
  return (
    <li>
      <div>
        <p>
          <Link to="/dossiers/$id" params={{ id: collection.dossier_id }} className="code">
            {collection.dossier_code ?? t('noCode')}
          </Link>{' '}
          <Chip>{t(`fee:method.${collection.method}`)}</Chip>
        </p>
        {authority && <p lang="vi">{authority.name}</p>}
        <p className="small soft">
          {[
            collection.reference && t('unbanked.reference', { reference: collection.reference }),
            collection.collected_by
              ? t('unbanked.by', {
                  name: collection.collected_by.full_name,
                  at: formatDateTime(collection.collected_at),
                })
              : formatDateTime(collection.collected_at),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <strong className="num">{formatVnd(collection.amount_vnd)}</strong>
    </li>
  );
}
