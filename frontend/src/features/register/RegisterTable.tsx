import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { StateChip } from '@/features/dossier/StateChip';
import type { RegisterLine } from '@/shared/api/types';
import cards from '@/shared/ui/cards.module.css';
import { formatDateTime } from '@/shared/ui/format';
import ui from '@/shared/ui/ui.module.css';
import css from './register.module.css';

type Entry = RegisterLine['dossiers'][number];

/** A row for each dossier; those on one slip bear its number. Where there is little room each row is a card. */
export function RegisterTable({ lines }: { lines: RegisterLine[] }) {
  const { t } = useTranslation('register');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="lines-title" tabIndex={0}>
      <table
        className={`${ui.table} ${cards.cells} ${cards.cards} ${css.table}`}
        role="table"
        aria-labelledby="lines-title"
      >
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" className="num">
              {t('column.number')}
            </th>
            <th role="columnheader" scope="col">
              {t('column.dossier')}
            </th>
            <th role="columnheader" scope="col" className={css.procedure}>
              {t('column.procedure')}
            </th>
            <th role="columnheader" scope="col" className={css.people}>
              {t('column.people')}
            </th>
            <th role="columnheader" scope="col">
              {t('column.times')}
            </th>
            <th role="columnheader" scope="col">
              {t('column.delivery')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lines.flatMap((line) =>
            line.dossiers.map((entry) => (
              <Row key={`${line.number} ${entry.dossier_id}`} line={line} entry={entry} />
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Row({ line, entry }: { line: RegisterLine; entry: Entry }) {
  const { t } = useTranslation(['register', 'dossier']);
  return (
    <tr role="row">
      <td role="cell" className="num">
        <span className={cards.head} aria-hidden="true">
          {t('column.number')}{' '}
        </span>
        <strong>{line.number}</strong>
      </td>
      <td role="cell">
        <Link to="/dossiers/$id" params={{ id: entry.dossier_id }} className="code">
          {entry.code ?? t('dossier:noCode')}
        </Link>
        {line.instead_of && <div className="small soft">{t('insteadOf', { number: line.instead_of })}</div>}
        <StateChip dossier={{ state: entry.state, sub_state: null }} />
      </td>
      <td role="cell">
        {entry.procedure_name}
        <div className="small soft">{t('sets', { count: entry.copies_count })}</div>
      </td>
      <td role="cell">
        {entry.filer_name}
        {entry.owner_name && <div className="small soft">{t('owner', { name: entry.owner_name })}</div>}
        {entry.phone && <div className="small soft">{entry.phone}</div>}
      </td>
      <td role="cell">
        <Times entry={entry} />
      </td>
      <td role="cell">
        {t(`dossier:delivery.${entry.delivery_method}`)}
        {entry.collector_name && (
          <div className="small soft">{t('collector', { name: entry.collector_name })}</div>
        )}
      </td>
    </tr>
  );
}

/** When it was received, is promised and was handed back, as far as it has come. */
function Times({ entry }: { entry: Entry }) {
  const { t } = useTranslation('register');
  const times = [
    ['received', entry.received_at],
    ['due', entry.due_at],
    ['returned', entry.returned_at],
  ] as const;
  return (
    <dl className={css.times}>
      {times.map(
        ([what, at]) =>
          at && (
            <Fragment key={what}>
              <dt>{t(`time.${what}`)}</dt>
              <dd>
                <time dateTime={at}>{formatDateTime(at)}</time>
              </dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
