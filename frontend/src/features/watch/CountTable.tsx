import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toneOf } from '@/features/deadline/concerns';
import type { DossierSearch } from '@/features/dossier/filters';
import type { Concern } from '@/shared/api/types';
import { columnsOf, type Counts } from './board';
import css from './watch.module.css';

/**
 * Who or what by the lists they stand in. Below 46rem each row becomes a card that names its numbers, with the
 * table's meaning kept by explicit roles.
 */
export function CountTable<Row extends { key: string; name: string; counts: Counts }>(props: {
  label: string;
  head: string;
  rows: Row[];
  /** What stands for the name, where that is more than the name. */
  title?: (row: Row) => ReactNode;
  /** What a row without a number says. */
  clear?: string;
  /** The list behind a number. */
  listOf?: (concern: Concern, row: Row) => DossierSearch;
}) {
  const { t } = useTranslation('dossier');
  const columns = columnsOf(props.rows);
  return (
    <table className={css.table} role="table" aria-label={props.label}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {props.head}
          </th>
          {columns.map((concern) => (
            <th key={concern} role="columnheader" scope="col" className={css.number}>
              {t(`concern.${concern}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row) => (
          <tr key={row.key} role="row">
            <th role="rowheader" scope="row">
              {props.title ? props.title(row) : row.name}
              {props.clear && columnsOf([row]).length === 0 && (
                <span className={css.clear}>{props.clear}</span>
              )}
            </th>
            {columns.map((concern) => (
              <td
                key={concern}
                role="cell"
                className={css.number}
                data-none={!row.counts[concern] || undefined}
                data-tone={toneOf(concern)}
                data-label={t(`concern.${concern}`)}
              >
                <Count row={row} concern={concern} listOf={props.listOf} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Count<Row extends { name: string; counts: Counts }>(props: {
  row: Row;
  concern: Concern;
  listOf?: (concern: Concern, row: Row) => DossierSearch;
}) {
  const { t } = useTranslation(['watch', 'dossier']);
  const { row, concern, listOf } = props;
  const count = row.counts[concern] ?? 0;
  if (count === 0 || !listOf) return <>{count}</>;
  return (
    <Link
      to="/dossiers"
      search={listOf(concern, row)}
      aria-label={t('openList', { count, list: t(`dossier:concern.${concern}`), of: row.name })}
    >
      {count}
    </Link>
  );
}
