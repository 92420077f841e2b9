import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HandoverSheetItem } from '@/shared/api/types';
import { formatDateTime, formatTime } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import css from './handover.module.css';

const columns = ['number', 'dossier', 'content', 'owner', 'pages', 'given', 'taken'] as const;
type Column = (typeof columns)[number];

const isFigure = (column: Column) => column === 'number' || column === 'pages' || column === 'given';
/** What says nothing without its column's name, which a card has not above it. */
const isNamed = (column: Column) => column === 'pages' || column === 'given';

/** A row for each time a dossier was given, numbered as on the document; where there is little room, a card. */
export function HandoverTable({ items }: { items: HandoverSheetItem[] }) {
  const { t } = useTranslation('handover');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="given-title" tabIndex={0}>
      <table className={`${ui.table} ${css.table}`} role="table" aria-labelledby="given-title">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column}
                role="columnheader"
                scope="col"
                className={isFigure(column) ? 'num' : undefined}
              >
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item, i) => (
            // One dossier may have been given twice on a day.
            <tr key={`${item.dossier_id} ${item.given_at}`} role="row">
              {columns.map((column) => (
                <td key={column} role="cell" className={isFigure(column) ? 'num' : undefined}>
                  {isNamed(column) && (
                    <span className={css.head} aria-hidden="true">
                      {t(`column.${column}`)}{' '}
                    </span>
                  )}
                  <Said column={column} item={item} number={i + 1} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What stands in a column of a row. */
function Said(props: { column: Column; item: HandoverSheetItem; number: number }) {
  const { t } = useTranslation(['handover', 'dossier']);
  const { item } = props;
  switch (props.column) {
    case 'number':
      return props.number;
    case 'dossier':
      return (
        <>
          <Link to="/dossiers/$id" params={{ id: item.dossier_id }} className="code">
            {item.code ?? t('dossier:noCode')}
          </Link>
          {item.due_at && <div className="small soft">{t('due', { at: formatDateTime(item.due_at) })}</div>}
        </>
      );
    case 'content':
      return item.procedure_name;
    case 'owner':
      return item.owner_name;
    case 'pages':
      return item.pages ?? '–';
    case 'given':
      return <time dateTime={item.given_at}>{formatTime(item.given_at)}</time>;
    case 'taken':
      return <Taken item={item} />;
  }
}

/** Who took it and when, or that nobody has; sent back, and why. */
function Taken({ item }: { item: HandoverSheetItem }) {
  const { t } = useTranslation('handover');
  const sentBack = item.accepted === false;
  return (
    <div className={css.taken}>
      {!item.taken_at && (
        <Chip tone="soon" icon="clock">
          {t('notTaken')}
        </Chip>
      )}
      {sentBack && (
        <Chip tone="late" icon="cross">
          {t('sentBack')}
        </Chip>
      )}
      {item.taken_by && <span>{item.taken_by.full_name}</span>}
      {item.taken_at && (
        <time className="small soft" dateTime={item.taken_at}>
          {t(sentBack ? 'sentBackAt' : 'takenAt', { at: formatDateTime(item.taken_at) })}
        </time>
      )}
      {item.note && <span className="small">{t(sentBack ? 'reason' : 'note', { words: item.note })}</span>}
    </div>
  );
}
