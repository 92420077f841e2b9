import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyShare } from '@/shared/api/types';
import cards from '@/shared/ui/cards.module.css';
import ui from '@/shared/ui/ui.module.css';
import { IntervalBar } from './Bars';
import css from './result.module.css';
import { useFigures } from './useFigures';

/** A group, a factor or a quarter with its share of the satisfied. */
export interface ShareRow {
  key: string;
  label: string;
  /** The label is in Vietnamese whatever the screen's language is. */
  vietnamese?: boolean;
  asked?: number | null;
  /** How many answered; null: held back. */
  n: number | null;
  share?: SurveyShare | null;
  /** A figure or a word of its own, under the column `more`. */
  more?: string | null;
}

/** Shares of the satisfied as figures, each with its bar and interval; where there is little room each row is a card. */
export function ShareTable(props: {
  labelledBy: string;
  /** What the rows are. */
  head: string;
  asked?: boolean;
  /** Head of the column of `more`, where there is one. */
  more?: string;
  rows: ShareRow[];
}) {
  const { t } = useTranslation('surveyresult');
  const heads = [
    ...(props.asked ? [t('column.asked')] : []),
    t('column.n'),
    ...(props.more ? [props.more] : []),
    t('column.share'),
    t('column.interval'),
  ];
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby={props.labelledBy} tabIndex={0}>
      <table
        className={`${ui.table} ${cards.cards} ${css.table}`}
        role="table"
        aria-labelledby={props.labelledBy}
      >
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {props.head}
            </th>
            {heads.map((head) => (
              <th
                key={head}
                role="columnheader"
                scope="col"
                className={head === props.more ? undefined : 'num'}
              >
                {head}
              </th>
            ))}
            <td className={css.bar} />
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <tr key={row.key} role="row">
              <th role="rowheader" scope="row" lang={row.vietnamese ? 'vi' : undefined}>
                {row.label}
              </th>
              <Cells row={row} asked={props.asked} more={props.more} columns={heads.length} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cells(props: { row: ShareRow; asked?: boolean; more?: string; columns: number }) {
  const { t } = useTranslation('surveyresult');
  const { count, percent } = useFigures();
  const { row } = props;
  if (row.n === null)
    return (
      <>
        {props.asked && (
          <Figure head={t('column.asked')}>{row.asked == null ? '–' : count(row.asked)}</Figure>
        )}
        <td role="cell" className={`${css.held} soft`} colSpan={props.columns - (props.asked ? 1 : 0) + 1}>
          {t('held')}
        </td>
      </>
    );
  const { share } = row;
  return (
    <>
      {props.asked && <Figure head={t('column.asked')}>{row.asked == null ? '–' : count(row.asked)}</Figure>}
      <Figure head={t('column.n')}>{count(row.n)}</Figure>
      {props.more && (
        <td role="cell" className={css.more}>
          <span className={cards.head} aria-hidden="true">
            {props.more}{' '}
          </span>
          {row.more ?? '–'}
        </td>
      )}
      <Figure head={t('column.share')}>{share ? <strong>{percent(share.percent)}</strong> : '–'}</Figure>
      <Figure head={t('column.interval')} className={css.interval}>
        {share ? t('interval', { low: percent(share.low), high: percent(share.high) }) : '–'}
      </Figure>
      <td role="cell" className={css.bar}>
        {share && <IntervalBar share={share} />}
      </td>
    </>
  );
}

/** A figure with the head of its column where the heads are not seen. */
function Figure(props: { head: string; className?: string; children: ReactNode }) {
  return (
    <td role="cell" className={`num ${props.className ?? ''}`}>
      <span className={cards.head} aria-hidden="true">
        {props.head}{' '}
      </span>
      <span className={css.figure}>{props.children}</span>
    </td>
  );
}
