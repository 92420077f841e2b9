import { Fragment, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndexSnapshot } from '@/shared/api/types';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './indices.module.css';
import { Score } from './Score';
import { MOST_OF_A_UNIT, formatScore, lineOf, nameOf, unitIndices } from './words';

const percent = (n: number) => `${(Math.min(n, MOST_OF_A_UNIT) / MOST_OF_A_UNIT) * 100}%`;

/** The nine indices of the centre and its authorities: a table, and the sums beside each other. */
export function UnitsCard({ whole }: { whole: IndexSnapshot }) {
  const { t, i18n } = useTranslation('indices');
  const { id } = whole.snapshot;
  return (
    <Card id="units" title={t('units.title')}>
      <div className={css.body}>
        <p className="soft">{t('units.lead', { source: whole.source })}</p>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
        <div className={ui.tableWrap} role="group" aria-labelledby="units-title" tabIndex={0}>
          <table className={`${ui.table} ${ui.wide} ${css.grid}`} aria-labelledby="units-title">
            <thead>
              <tr>
                <th scope="col" className={css.unit}>
                  {t('units.unit')}
                </th>
                {unitIndices.map((n) => (
                  <th key={n} scope="col" className={css.number}>
                    <abbr title={t(`index.${n}`)}>{t('units.short', { n })}</abbr>
                  </th>
                ))}
                <th scope="col" className={css.number}>
                  {t('total')}
                </th>
                <th scope="col">{t('units.band')}</th>
              </tr>
            </thead>
            <tbody>
              {whole.units.map((unit) => (
                <tr key={unit.id}>
                  <th scope="row">{nameOf(unit, whole)}</th>
                  {unitIndices.map((n) => (
                    <td key={n} className={css.number}>
                      <Score snapshot={id} line={lineOf(unit, n)} of={nameOf(unit, whole)} />
                    </td>
                  ))}
                  <td className={css.number}>
                    {unit.most > 0 ? (
                      t('outOf', {
                        score: formatScore(unit.total, i18n.language),
                        most: unit.most,
                      })
                    ) : (
                      <span className={css.none}>{t('noData')}</span>
                    )}
                  </td>
                  <td>
                    {unit.band ? t(`band.${unit.band}`) : <span className={css.none}>{t('noData')}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div aria-hidden="true" className={css.chart}>
          {whole.units.map((unit) => (
            <Fragment key={unit.id}>
              <span>{nameOf(unit, whole)}</span>
              <span className={css.track} style={{ '--most': percent(unit.most) } as CSSProperties}>
                <span
                  className={css.bar}
                  style={{ display: 'block', '--share': percent(unit.total) } as CSSProperties}
                />
              </span>
              <span className={css.number}>{unit.most > 0 && formatScore(unit.total, i18n.language)}</span>
            </Fragment>
          ))}
        </div>
        <p className="small soft">{t('units.chart', { most: MOST_OF_A_UNIT })}</p>
        <dl className="small soft">
          {unitIndices.map((n) => (
            <Fragment key={n}>
              <dt>{t('units.legend', { n, name: t(`index.${n}`) })}</dt>
              <dd>{t(`from.${n}`)}</dd>
            </Fragment>
          ))}
        </dl>
      </div>
    </Card>
  );
}
