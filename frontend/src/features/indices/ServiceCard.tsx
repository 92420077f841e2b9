import { useTranslation } from 'react-i18next';
import type { IndexSnapshot } from '@/shared/api/types';
import { Notice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './indices.module.css';
import { formatCount, formatScore, serviceRow } from './words';

/** The estimate of Decision 766: each group with its rows; what nobody counted is unknown. */
export function ServiceCard({ whole }: { whole: IndexSnapshot }) {
  const { t, i18n } = useTranslation('indices');
  const { service } = whole;
  const written = (score: number | null | undefined) => formatScore(score, i18n.language, 2);
  const nameOf = (code: string) => {
    const known = serviceRow(code);
    return known ? t(`service.rows.${known}`) : code;
  };
  const none = <span className={css.none}>{t('noData')}</span>;
  return (
    <Card id="service" title={t('service.title')}>
      <div className={css.body}>
        <Notice title={t('service.estimate', { source: service.source })}>
          <p>
            {t('service.total', {
              total: written(service.total),
              most: service.most_known,
              unknown: service.unknown.length,
            })}
          </p>
        </Notice>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
        <div className={ui.tableWrap} role="group" aria-labelledby="service-title" tabIndex={0}>
          <table className={`${ui.table} ${css.grid}`} aria-labelledby="service-title">
            <thead>
              <tr>
                <th scope="col">{t('service.row')}</th>
                <th scope="col" className={css.number}>
                  {t('service.counted')}
                </th>
                <th scope="col" className={css.number}>
                  {t('service.score')}
                </th>
              </tr>
            </thead>
            {service.groups.map((group) => (
              <tbody key={group.group}>
                <tr>
                  <th scope="rowgroup" colSpan={2}>
                    {t(`service.groups.${group.group}`)}
                  </th>
                  <td className={css.number}>
                    {group.score === null || group.score === undefined ? (
                      none
                    ) : (
                      <strong>{t('outOf', { score: written(group.score), most: group.most })}</strong>
                    )}
                  </td>
                </tr>
                {group.rows.map((row) => (
                  <tr key={row.code}>
                    <td>{nameOf(row.code)}</td>
                    <td className={css.number}>
                      {row.whole === null || row.whole === undefined
                        ? none
                        : t('service.part', {
                            part: formatCount(row.part ?? 0, i18n.language),
                            whole: formatCount(row.whole, i18n.language),
                          })}
                    </td>
                    <td className={css.number}>
                      {row.score === null || row.score === undefined
                        ? none
                        : t('outOf', { score: written(row.score), most: row.most })}
                    </td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </div>
      </div>
    </Card>
  );
}
