import type { ReactNode } from 'react';
import cards from '@/shared/ui/cards.module.css';
import ui from '@/shared/ui/ui.module.css';
import css from './closing.module.css';

/** A column: what stands at its head, and whether figures stand below. */
export interface Head {
  key: string;
  text: string;
  num?: boolean;
}

/** A table whose rows become cards where there is little room; its meaning is then kept by explicit roles. */
export function CardTable(props: {
  /** The id of the heading that names it. */
  label: string;
  heads: Head[];
  children: ReactNode;
  /** The row of sums. */
  foot?: ReactNode;
}) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby={props.label} tabIndex={0}>
      <table
        className={`${ui.table} ${cards.cells} ${cards.cardsEarly} ${css.table}`}
        role="table"
        aria-labelledby={props.label}
      >
        <thead role="rowgroup">
          <tr role="row">
            {props.heads.map((head) => (
              <th key={head.key} role="columnheader" scope="col" className={head.num ? 'num' : undefined}>
                {head.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">{props.children}</tbody>
        {props.foot && <tfoot role="rowgroup">{props.foot}</tfoot>}
      </table>
    </div>
  );
}

/** A cell; `head` says what it is where the head of the table has no room. */
export function Cell(props: { head?: string; num?: boolean; className?: string; children?: ReactNode }) {
  const { head, children } = props;
  const classes = [props.num && 'num', props.className].filter(Boolean).join(' ');
  // Nothing stands where there is nothing: an empty cell takes no room among the others of a card.
  if (children === null || children === undefined || children === false || children === '')
    return <td role="cell" className={classes || undefined} />;
  return (
    <td role="cell" className={classes || undefined}>
      {head && (
        <span className={cards.head} aria-hidden="true">
          {head}
        </span>
      )}
      {children}
    </td>
  );
}
