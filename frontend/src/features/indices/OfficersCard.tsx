import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndexSnapshot } from '@/shared/api/types';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { officerResultsQuery } from './api';
import css from './indices.module.css';
import { Score } from './Score';
import { formatScore, lineOf, officerIndices } from './words';

/** What came out for officers: for who answers for the centre, and who inspects it. */
export function OfficersCard({ whole }: { whole: IndexSnapshot }) {
  const { t, i18n } = useTranslation('indices');
  const [cursor, setCursor] = useState<string>();
  const { id } = whole.snapshot;
  const found = useQuery(officerResultsQuery(id, cursor));
  return (
    <Card id="officers" title={t('officers.title')}>
      <p className="soft">{t('officers.lead')}</p>
      {found.isPending && <Loading />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <Empty icon="people" title={t('officers.empty')} />}
      {found.data && found.data.items.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-labelledby="officers-title" tabIndex={0}>
          <table className={`${ui.table} ${ui.wide} ${css.grid}`} aria-labelledby="officers-title">
            <thead>
              <tr>
                <th scope="col" className={css.unit}>
                  {t('officers.officer')}
                </th>
                {officerIndices.map((n) => (
                  <th key={n} scope="col" className={css.number}>
                    <abbr title={t(`index.${n}`)}>{t('units.short', { n })}</abbr>
                  </th>
                ))}
                <th scope="col" className={css.number}>
                  {t('total')}
                </th>
                <th scope="col">{t('officers.band')}</th>
              </tr>
            </thead>
            <tbody>
              {found.data.items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.officer?.full_name}</th>
                  {officerIndices.map((n) => (
                    <td key={n} className={css.number}>
                      <Score snapshot={id} line={lineOf(one, n)} of={one.officer?.full_name ?? ''} />
                    </td>
                  ))}
                  <td className={css.number}>
                    {t('outOf', { score: formatScore(one.total, i18n.language), most: one.most })}
                  </td>
                  <td>
                    {one.band ? t(`band.${one.band}`) : <span className={css.none}>{t('noData')}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager next={found.data?.next} prev={found.data?.prev} onGo={setCursor} />
    </Card>
  );
}
