import { useTranslation } from 'react-i18next';
import type { IndexResult, IndexSnapshot } from '@/shared/api/types';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './indices.module.css';
import { formatCount, formatScore, nameOf } from './words';

const columns = [
  'finished',
  'early',
  'on_time',
  'overdue',
  'reappointed',
  'late_before_apology',
  'complete_at_once',
  'contacts_known',
  'filed',
  'filed_online',
  'online_late',
] as const;

/** What the indices were worked out of, counted; and what people said of their satisfaction, with how sure that is. */
export function CountsCard({ whole }: { whole: IndexSnapshot }) {
  const { t, i18n } = useTranslation('indices');
  return (
    <Card id="counts" title={t('counts.title')}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-labelledby="counts-title" tabIndex={0}>
        <table className={`${ui.table} ${ui.wide} ${css.grid}`} aria-labelledby="counts-title">
          <thead>
            <tr>
              <th scope="col" className={css.unit}>
                {t('units.unit')}
              </th>
              {columns.map((c) => (
                <th key={c} scope="col" className={css.number}>
                  {t(`counts.${c}`)}
                </th>
              ))}
              <th scope="col" className={css.number}>
                {t('counts.steps')}
              </th>
              <th scope="col">{t('counts.satisfied')}</th>
            </tr>
          </thead>
          <tbody>
            {whole.units.map((unit) => (
              <tr key={unit.id}>
                <th scope="row">{nameOf(unit, whole)}</th>
                {columns.map((c) => (
                  <td key={c} className={css.number}>
                    {formatCount(unit.counts[c], i18n.language)}
                  </td>
                ))}
                <td className={css.number}>
                  {[unit.counts.steps_early, unit.counts.steps_on_time, unit.counts.steps_overdue]
                    .map((n) => formatCount(n, i18n.language))
                    .join(' / ')}
                </td>
                <td>
                  <Satisfied unit={unit} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small soft">{t('counts.satisfiedSource', { source: whole.satisfied_source })}</p>
    </Card>
  );
}

function Satisfied({ unit }: { unit: IndexResult }) {
  const { t, i18n } = useTranslation('indices');
  const share = unit.satisfied;
  const hundredths = (n?: number | null) => formatScore(n, i18n.language, 2);
  if (share?.percent === undefined || share.percent === null)
    return <span className={css.none}>{t('noData')}</span>;
  return (
    <>
      {t('counts.share', {
        percent: hundredths(share.percent),
        low: hundredths(share.low),
        high: hundredths(share.high),
        n: formatCount(share.whole, i18n.language),
      })}
    </>
  );
}
