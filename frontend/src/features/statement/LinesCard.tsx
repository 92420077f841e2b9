import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGoingBack } from '@/features/payment/api';
import { ReconcileDialog } from '@/features/payment/ReconcileDialog';
import { useUnmatched } from '@/features/payment/reconcile';
import type { BankTransaction, StatementLine } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import cards from '@/shared/ui/cards.module.css';
import { formatVnd } from '@/shared/ui/format';
import { Chip, Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { useLines, useReconciles } from './api';
import css from './statement.module.css';
import { classTone, formatBooked, type Shown } from './words';

const columns = ['ord', 'booked', 'amount', 'reference', 'description', 'payer', 'class'] as const;

/** The lines of a statement in its order; of one class when one is chosen. */
export function LinesCard(props: {
  id: string;
  done: boolean;
  show?: Exclude<Shown, 'missing'>;
  cursor?: string;
  onGo: (cursor: string) => void;
}) {
  const { t } = useTranslation('statement');
  const { show, done } = props;
  const lines = useLines(props.id, { class: show, cursor: props.cursor, done });
  const nobodys = useNobodys(show === 'new');
  const [placing, setPlacing] = useState<BankTransaction>();
  return (
    <Card id="lines" title={t(`class.${show ?? 'all'}`)}>
      <p className={`small soft ${css.hint}`}>
        {t(`hint.${show ?? 'all'}`)}
        {show === 'new' && (
          <>
            {' '}
            <Link to="/money" search={{ state: 'unmatched' }}>
              {t('toMoney')}
            </Link>
          </>
        )}
      </p>
      {lines.isPending && <Loading rows={6} />}
      {lines.isError && <ProblemNotice error={lines.error} onRetry={() => void lines.refetch()} />}
      {lines.data?.items.length === 0 && (
        <Empty icon={done ? 'check' : 'clock'} title={t(done ? 'line.none' : 'line.noneYet')} />
      )}
      {lines.data && lines.data.items.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-labelledby="lines-title" tabIndex={0}>
          <table className={`${ui.table} ${cards.cells} ${cards.cardsEarly}`} role="table">
            <thead role="rowgroup">
              <tr role="row">
                {columns.map((column) => (
                  <th
                    key={column}
                    role="columnheader"
                    scope="col"
                    className={column === 'ord' || column === 'amount' ? 'num' : undefined}
                  >
                    {t(`line.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {lines.data.items.map((line) => (
                <Row
                  key={line.ord}
                  line={line}
                  money={nobodys(line.transaction_id)}
                  onReconcile={setPlacing}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager next={lines.data?.next} prev={lines.data?.prev} onGo={props.onGo} />
      {placing && (
        <ReconcileDialog
          money={nobodys(placing.id) ?? placing}
          onDone={() => setPlacing(undefined)}
          onClose={() => setPlacing(undefined)}
        />
      )}
    </Card>
  );
}

/** Money by its id that is nobody's yet, for whoever may say whose it is. */
function useNobodys(wanted: boolean) {
  const reconciles = useReconciles() && wanted;
  const unmatched = useUnmatched(reconciles).data;
  const goingBack = useGoingBack(reconciles).data;
  return (id: string | null | undefined) =>
    id && reconciles && goingBack && !goingBack.has(id) ? unmatched?.get(id) : undefined;
}

function Row(props: {
  line: StatementLine;
  /** The money that it tells of, while that is nobody's. */
  money?: BankTransaction;
  onReconcile: (money: BankTransaction) => void;
}) {
  const { t } = useTranslation(['statement', 'payment']);
  const { line, money } = props;
  const word = useWord();
  const [tone, icon] = classTone[line.class];
  return (
    <tr role="row">
      <td role="cell" className="num">
        <span className={cards.head} aria-hidden="true">
          {t('line.ord')}
        </span>
        {line.ord}
      </td>
      <td role="cell" className={css.booked}>
        {line.booked_at && <time dateTime={line.booked_at}>{formatBooked(line.booked_at)}</time>}
      </td>
      <td role="cell" className={`num ${css.amount}`}>
        {line.amount_vnd != null && <strong>{formatVnd(line.amount_vnd)}</strong>}
      </td>
      <td role="cell" className={`code ${css.reference}`}>
        {line.bank_reference}
      </td>
      <td role="cell" className={css.said} lang="vi">
        {line.description}
      </td>
      <td role="cell" lang="vi">
        {line.payer_name}
      </td>
      <td role="cell">
        <Chip tone={tone} icon={icon}>
          {t(`badge.${line.class}`)}
        </Chip>
        {line.why && <div className="small soft">{word('statement:why', line.why)}</div>}
        {money && (
          <div>
            <Button
              size="compact-md"
              variant="default"
              mt="xs"
              aria-label={t('reconcileOf', { reference: money.bank_reference })}
              onClick={() => props.onReconcile(money)}
            >
              {t('reconcile')}
            </Button>
          </div>
        )}
      </td>
    </tr>
  );
}
