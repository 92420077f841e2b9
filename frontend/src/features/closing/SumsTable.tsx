import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import type { TillSum } from '@/shared/api/types';
import { capital, formatVnd, groupVnd } from '@/shared/ui/format';
import { CardTable, Cell } from './CardTable';
import css from './closing.module.css';

const columns = ['authority', 'method', 'kind', 'payments', 'collected', 'voided', 'net'] as const;
const figures: (typeof columns)[number][] = ['payments', 'collected', 'voided', 'net'];

/** What a till holds, by authority, way of paying and sort of money. */
export function SumsTable({ sums, label }: { sums: TillSum[]; label: string }) {
  const { t } = useTranslation(['closing', 'fee']);
  const authorities = useQuery(authoritiesQuery()).data?.items;
  const head = (column: (typeof columns)[number]) => t(`sums.${column}`);
  const all = (of: 'collected_vnd' | 'voided_vnd' | 'net_vnd') => sums.reduce((sum, s) => sum + s[of], 0);
  return (
    <CardTable
      label={label}
      heads={columns.map((key) => ({ key, text: head(key), num: figures.includes(key) }))}
      foot={
        sums.length > 1 && (
          <tr role="row">
            <Cell className={css.all}>{t('sums.all')}</Cell>
            <Cell />
            <Cell />
            <Cell />
            <Cell num head={head('collected')}>
              {formatVnd(all('collected_vnd'))}
            </Cell>
            <Cell num head={head('voided')}>
              {all('voided_vnd') > 0 && formatVnd(all('voided_vnd'))}
            </Cell>
            <Cell num head={head('net')}>
              {formatVnd(all('net_vnd'))}
            </Cell>
          </tr>
        )
      }
    >
      {sums.map((sum) => (
        <tr role="row" key={`${sum.authority_id} ${sum.method} ${sum.kind}`}>
          <Cell>
            <span lang="vi">{authorities?.find((a) => a.id === sum.authority_id)?.name}</span>
          </Cell>
          <Cell>{t(`fee:method.${sum.method}`)}</Cell>
          <Cell>{capital(t(`fee:kind.${sum.kind}`))}</Cell>
          <Cell num head={head('payments')}>
            {groupVnd(sum.payments)}
          </Cell>
          <Cell num head={head('collected')}>
            {formatVnd(sum.collected_vnd)}
          </Cell>
          <Cell num head={head('voided')}>
            {sum.voids > 0 && (
              <>
                {formatVnd(sum.voided_vnd)}
                <div className="small soft">{t('sums.voids', { count: sum.voids })}</div>
              </>
            )}
          </Cell>
          <Cell num head={head('net')}>
            <strong>{formatVnd(sum.net_vnd)}</strong>
          </Cell>
        </tr>
      ))}
    </CardTable>
  );
}
