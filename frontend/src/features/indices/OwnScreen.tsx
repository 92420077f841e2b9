import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OwnIndexResult } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { ownResultsQuery } from './api';
import css from './indices.module.css';
import { Score } from './Score';
import { formatCount, formatScore, lineOf, officerIndices, partsOf } from './words';

/** What came out for oneself, quarter by quarter. */
export function OwnScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('indices');
  const found = useQuery(ownResultsQuery(props.cursor));
  return (
    <Page title={t('own.title')} lead={t('own.lead')}>
      {found.isPending && <Loading rows={8} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <Empty icon="user" title={t('own.empty')} />}
      {found.data?.items.map((own) => (
        <Quarter key={own.result.id} own={own} />
      ))}
      <Pager next={found.data?.next} prev={found.data?.prev} onGo={props.onGo} />
    </Page>
  );
}

function Quarter({ own }: { own: OwnIndexResult }) {
  const { t, i18n } = useTranslation('indices');
  const { result } = own;
  const id = `own-${result.id}`;
  const name = t('snapshotName', { ...partsOf(own.quarter), version: own.number });
  return (
    <Card id={id} title={name}>
      <div className={css.body}>
        <p>
          {t('own.sum', {
            score: formatScore(result.total, i18n.language),
            most: result.most,
            band: result.band ? t(`band.${result.band}`) : t('noData'),
          })}
        </p>
        <p className="small soft">
          {t('own.days', {
            from: formatDate(own.first_day),
            to: formatDate(own.last_day),
            dossiers: formatCount(result.counts.finished, i18n.language),
          })}
        </p>
        {own.reason && <p className="small soft">{t('own.reason', { reason: own.reason })}</p>}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
        <div className={ui.tableWrap} role="group" aria-labelledby={`${id}-title`} tabIndex={0}>
          <table className={`${ui.table} ${css.grid}`} aria-labelledby={`${id}-title`}>
            <thead>
              <tr>
                <th scope="col">{t('own.index')}</th>
                <th scope="col" className={css.number}>
                  {t('own.counted')}
                </th>
                <th scope="col" className={css.number}>
                  {t('own.score')}
                </th>
              </tr>
            </thead>
            <tbody>
              {officerIndices.map((n) => {
                const line = lineOf(result, n);
                return (
                  <tr key={n}>
                    <th scope="row">{t(`index.${n}`)}</th>
                    <td className={css.number}>{line && formatCount(line.counted, i18n.language)}</td>
                    <td className={css.number}>
                      <Score own snapshot={own.snapshot_id} line={line} of={name} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
    </Card>
  );
}
