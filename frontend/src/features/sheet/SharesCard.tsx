import { useTranslation } from 'react-i18next';
import type { CollectionShare } from '@/shared/api/types';
import { formatVnd, groupVnd } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { useShares } from './api';
import css from './sheet.module.css';
import { formatShare, type Days } from './words';

const columns = ['authority', 'share', 'cashless', 'inCash', 'collected', 'cashSum'] as const;

/** How much was collected without cash in some days, by authority; a share of nothing there is not. */
export function SharesCard({ days }: { days: Days }) {
  const { t } = useTranslation('sheet');
  const shares = useShares(days);
  return (
    <Card id="shares" title={t('shares.title')}>
      <div className={css.body}>
        <p className="small soft">{t('shares.lead')}</p>
        {shares.isPending && <Loading rows={4} />}
        {shares.isError && <ProblemNotice error={shares.error} onRetry={() => void shares.refetch()} />}
        {shares.data && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="shares-title" tabIndex={0}>
            <table className={`${ui.table} ${css.table}`} role="table" aria-labelledby="shares-title">
              <thead role="rowgroup">
                <tr role="row">
                  {columns.map((column) => (
                    <th
                      key={column}
                      role="columnheader"
                      scope="col"
                      className={column === 'authority' ? undefined : 'num'}
                    >
                      {t(`shares.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {shares.data.map((share) => (
                  <Row key={share.authority_id} share={share} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </Card>
  );
}

function Row({ share }: { share: CollectionShare }) {
  const { t } = useTranslation('sheet');
  const none = share.cashless_permille === null || share.cashless_permille === undefined;
  const cell = (column: (typeof columns)[number], figure: string) => (
    <td role="cell" className="num" data-nothing={none || undefined}>
      <span className={css.head} aria-hidden="true">
        {t(`shares.${column}`)}
      </span>
      <span className={css.figure}>{figure}</span>
    </td>
  );
  return (
    <tr role="row">
      <th role="rowheader" scope="row" lang="vi">
        {share.authority_name}
      </th>
      <td role="cell" className="num">
        <span className={css.head} aria-hidden="true">
          {t('shares.share')}
        </span>
        {none ? (
          <span className={`soft ${css.figure}`}>{t('shares.none')}</span>
        ) : (
          <strong className={css.figure}>{formatShare(share.cashless_permille ?? 0)}</strong>
        )}
      </td>
      {cell('cashless', groupVnd(share.cashless_payments))}
      {cell('inCash', groupVnd(share.cash_payments))}
      {cell('collected', formatVnd(share.collected_vnd))}
      {cell('cashSum', formatVnd(share.cash_vnd))}
    </tr>
  );
}
