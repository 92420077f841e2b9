import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CollectionSheet } from '@/shared/api/types';
import { FileButton } from '@/shared/ui/FileButton';
import { formatDate, groupVnd } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { sheetDocument, sheetWorkbook } from './api';
import css from './sheet.module.css';
import { flowColumns, saysSomething, sorts, sumColumns, type Days } from './words';

/** The sheet of an authority: phí and lệ phí day by day, and what came to the bank and went back. */
export function SheetCard(props: { authority: string; days: Days; sheet: UseQueryResult<CollectionSheet> }) {
  const { t } = useTranslation('sheet');
  const { authority, days, sheet } = props;
  const file = `tong-hop-thu-${days.from}-${days.to}`;
  const said =
    days.from === days.to
      ? t('sheet.day', { day: formatDate(days.from) })
      : t('sheet.days', { from: formatDate(days.from), to: formatDate(days.to) });
  return (
    <Card
      id="sheet"
      title={t('sheet.title')}
      aside={
        <div className={css.buttons}>
          <FileButton icon="print" otherwise={`${file}.pdf`} ask={() => sheetDocument(authority, days)}>
            {t('sheet.print')}
          </FileButton>
          <FileButton
            icon="intake"
            keep
            otherwise={`${file}.xlsx`}
            ask={() => sheetWorkbook(authority, days)}
          >
            {t('sheet.workbook')}
          </FileButton>
        </div>
      }
    >
      <div className={css.body}>
        <p className="soft">
          {sheet.data && <span lang="vi">{sheet.data.authority_name}. </span>}
          {said} {t('sheet.unit')}
        </p>
        {sheet.isPending && <Loading rows={8} />}
        {sheet.isError && <ProblemNotice error={sheet.error} onRetry={() => void sheet.refetch()} />}
        {sheet.data?.days.length === 0 && <Empty icon="sheet" title={t('sheet.none')} />}
        {sheet.data && sheet.data.days.length > 0 && <Tables sheet={sheet.data} />}
      </div>
    </Card>
  );
}

function Tables({ sheet }: { sheet: CollectionSheet }) {
  const { t } = useTranslation('sheet');
  return (
    <>
      {sorts.map((sort) => (
        <DayTable
          key={sort}
          id={`sheet-${sort}`}
          title={t(`sort.${sort}`)}
          none={t(`sheet.noneOf.${sort}`)}
          columns={sumColumns}
          rows={sheet.days.map((d) => ({ day: d.day, figures: d[sort] }))}
          total={sheet.total[sort]}
          // Told of every day, also where it is nothing.
          always="collected_vnd"
        />
      ))}
      <DayTable
        id="sheet-flow"
        title={t('sheet.flow')}
        none={t('sheet.noneOf.flow')}
        columns={flowColumns}
        rows={sheet.days.map((d) => ({ day: d.day, figures: d }))}
        total={sheet.total}
      />
    </>
  );
}

type Column = (typeof sumColumns)[number] | (typeof flowColumns)[number];

/** Figures day by day with their sums in a last row; where there is little room each day is a card of what it has. */
function DayTable<K extends Column>(props: {
  id: string;
  title: string;
  none: string;
  columns: readonly K[];
  rows: { day: string; figures: Record<K, number> }[];
  total: Record<K, number>;
  always?: K;
}) {
  const { t } = useTranslation('sheet');
  const { columns, always } = props;
  // Many columns share the room alike.
  const classes = [ui.table, css.table, css.figures, columns.length > 5 && css.dense]
    .filter(Boolean)
    .join(' ');
  const rows = props.rows.filter((r) => saysSomething(r.figures, columns));
  const cells = (figures: Record<K, number>) =>
    columns.map((column) => (
      <td
        key={column}
        role="cell"
        className="num"
        data-nothing={(figures[column] === 0 && column !== always) || undefined}
      >
        <span className={css.head} aria-hidden="true">
          {t(`column.${column}`)}
        </span>
        <span className={css.figure}>{groupVnd(figures[column])}</span>
      </td>
    ));
  return (
    <div className={css.part}>
      <h3 id={props.id}>{props.title}</h3>
      {rows.length === 0 && <p className="soft">{props.none}</p>}
      {rows.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-labelledby={props.id} tabIndex={0}>
          <table className={classes} role="table" aria-labelledby={props.id}>
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">
                  {t('column.day')}
                </th>
                {columns.map((column) => (
                  <th key={column} role="columnheader" scope="col" className="num">
                    {t(`column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {rows.map(({ day, figures }) => (
                <tr key={day} role="row">
                  <th role="rowheader" scope="row">
                    {formatDate(day)}
                  </th>
                  {cells(figures)}
                </tr>
              ))}
            </tbody>
            <tfoot role="rowgroup">
              <tr role="row">
                <th role="rowheader" scope="row">
                  {t('sheet.total')}
                </th>
                {cells(props.total)}
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </div>
  );
}
