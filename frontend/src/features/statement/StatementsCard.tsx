import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BankStatement } from '@/shared/api/types';
import cards from '@/shared/ui/cards.module.css';
import { formatDateTime, formatVnd, groupVnd } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { AccountName } from './AccountName';
import { useStatements } from './api';
import { Progress } from './Progress';
import css from './statement.module.css';
import { formatPeriod } from './words';

const columns = ['file', 'account', 'period', 'came', 'went', 'lines', 'state', 'by'] as const;
const amounts: (typeof columns)[number][] = ['came', 'went', 'lines'];

/** The statements that were brought in, the last first. */
export function StatementsCard(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('statement');
  const statements = useStatements(props.cursor);
  return (
    <Card id="statements" title={t('list.title')}>
      {statements.isPending && <Loading rows={5} />}
      {statements.isError && (
        <ProblemNotice error={statements.error} onRetry={() => void statements.refetch()} />
      )}
      {statements.data?.items.length === 0 && <Empty icon="register" title={t('list.none')} />}
      {statements.data && statements.data.items.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-labelledby="statements-title" tabIndex={0}>
          <table className={`${ui.table} ${cards.cells} ${cards.cardsEarly}`} role="table">
            <thead role="rowgroup">
              <tr role="row">
                {columns.map((column) => (
                  <th
                    key={column}
                    role="columnheader"
                    scope="col"
                    className={amounts.includes(column) ? 'num' : undefined}
                  >
                    {t(`list.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {statements.data.items.map((s) => (
                <Row key={s.id} statement={s} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager next={statements.data?.next} prev={statements.data?.prev} onGo={props.onGo} />
    </Card>
  );
}

/** Where the head of the table has no room, each figure says itself what it is. */
function Row({ statement }: { statement: BankStatement }) {
  const { t } = useTranslation('statement');
  const head = (column: (typeof columns)[number]) => (
    <span className={cards.head} aria-hidden="true">
      {t(`list.${column}`)}
    </span>
  );
  return (
    <tr role="row">
      <td role="cell" className={css.file}>
        <Link to="/statements" search={{ statement: statement.id }} lang="vi">
          {statement.file_name}
        </Link>
        <div className="small soft">{t(`format.${statement.format}`)}</div>
      </td>
      <td role="cell">
        <AccountName id={statement.account_id} />
      </td>
      <td role="cell">
        {head('period')}
        {formatPeriod(statement.first_at, statement.last_at) ?? t('list.noPeriod')}
      </td>
      <td role="cell" className="num">
        {head('came')}
        {formatVnd(statement.came_vnd)}
      </td>
      <td role="cell" className="num">
        {head('went')}
        {formatVnd(statement.went_vnd)}
      </td>
      <td role="cell" className="num">
        {head('lines')}
        {groupVnd(statement.lines_total)}
      </td>
      <td role="cell">
        <Progress statement={statement} />
      </td>
      <td role="cell">
        <div>{statement.imported_by.full_name}</div>
        <time className="small soft" dateTime={statement.imported_at}>
          {formatDateTime(statement.imported_at)}
        </time>
      </td>
    </tr>
  );
}
