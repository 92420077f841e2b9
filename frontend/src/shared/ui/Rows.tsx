import type { ReactNode } from 'react';
import cards from './cards.module.css';
import ui from './ui.module.css';

interface Column {
  label: string;
  num?: boolean;
}

/** A table whose rows become cards where there is no room; its meaning is kept by explicit roles. */
export function Rows(props: {
  /** The id of the card whose title names the table. */
  of: string;
  columns: Column[];
  /** Each named by its first cell. */
  rows: { key: string; place?: number; cells: ReactNode[] }[];
}) {
  const title = `${props.of}-title`;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby={title} tabIndex={0}>
      <table
        className={`${ui.table} ${cards.cells} ${cards.anywhere} ${cards.cards}`}
        role="table"
        aria-labelledby={title}
      >
        <thead role="rowgroup">
          <tr role="row">
            {props.columns.map((column) => (
              <th
                key={column.label}
                role="columnheader"
                scope="col"
                className={column.num ? 'num' : undefined}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <tr key={row.key} role="row" data-place={row.place}>
              {row.cells.map((cell, i) => {
                const column = props.columns[i];
                if (!column) return null;
                const className = column.num ? 'num' : undefined;
                const head = (
                  <span className={cards.head} aria-hidden="true">
                    {column.label}:{' '}
                  </span>
                );
                if (i === 0)
                  return (
                    <th key={column.label} role="rowheader" scope="row" className={className}>
                      {column.num && head}
                      {cell}
                    </th>
                  );
                return (
                  <td key={column.label} role="cell" className={className}>
                    {head}
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
