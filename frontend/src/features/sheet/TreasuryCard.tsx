import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/features/receipt/useMay';
import type { TreasuryMonth } from '@/shared/api/types';
import { formatDate, formatVnd } from '@/shared/ui/format';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { useMonths } from './api';
import css from './sheet.module.css';
import { TransferDialog } from './TransferDialog';
import { formatMonth, isLeft, sorts, standingOf, standingTone, toldMonths, type SheetSort } from './words';

const columns = ['month', 'collected', 'handed', 'kept', 'left', 'due'] as const;

/** Where the money of an authority's months stands on its way to the State Treasury. */
export function TreasuryCard({ authority, today }: { authority: string; today: string }) {
  const { t } = useTranslation('sheet');
  const months = useMonths(authority);
  const reconciles = useMay('payments.reconcile');
  // Kept here: once all of it is entered the month has no button any more.
  const [entering, setEntering] = useState<TreasuryMonth>();
  const [entered, setEntered] = useState<TreasuryMonth>();
  return (
    <Card id="treasury" title={t('treasury.title')}>
      <div className={css.body}>
        <p className="small soft">{t('treasury.lead')}</p>
        {months.isPending && <Loading rows={4} />}
        {months.isError && <ProblemNotice error={months.error} onRetry={() => void months.refetch()} />}
        {entered && (
          <Notice tone="good" live title={t('treasury.done', { month: formatMonth(entered.month) })} />
        )}
        {months.data && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="treasury-title" tabIndex={0}>
            <table className={`${ui.table} ${css.table}`} role="table" aria-labelledby="treasury-title">
              <thead role="rowgroup">
                <tr role="row">
                  {columns.map((column) => (
                    <th key={column} role="columnheader" scope="col">
                      {t(`treasury.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {toldMonths(months.data).map((month) => (
                  <Row
                    key={month.month}
                    month={month}
                    onEnter={
                      reconciles && isLeft(month)
                        ? () => {
                            setEntered(undefined);
                            setEntering(month);
                          }
                        : undefined
                    }
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
        {entering && (
          <TransferDialog
            authority={authority}
            month={entering}
            today={today}
            onDone={() => {
              setEntered(entering);
              setEntering(undefined);
            }}
            onClose={() => setEntering(undefined)}
          />
        )}
      </div>
    </Card>
  );
}

function Row({ month, onEnter }: { month: TreasuryMonth; onEnter?: () => void }) {
  const { t } = useTranslation('sheet');
  const name = formatMonth(month.month);
  const standing = standingOf(month);
  const [tone, icon] = standingTone[standing];
  const cell = (column: (typeof columns)[number], children: ReactNode) => (
    <td role="cell">
      <span className={css.head} aria-hidden="true">
        {t(`treasury.${column}`)}
      </span>
      {children}
    </td>
  );
  return (
    <tr role="row" data-overdue={month.overdue || undefined}>
      <th role="rowheader" scope="row">
        {t('treasury.of', { month: name })}
      </th>
      {cell('collected', <BySort phi={month.phi_vnd} le_phi={month.le_phi_vnd} />)}
      {cell('handed', <BySort phi={month.handed_phi_vnd} le_phi={month.handed_le_phi_vnd} />)}
      {cell('kept', <BySort phi={month.kept_phi_vnd} />)}
      {cell('left', <BySort phi={month.left_phi_vnd} le_phi={month.left_le_phi_vnd} strong />)}
      {cell(
        'due',
        <div className={css.due}>
          <span>{formatDate(month.due_on)}</span>
          <Chip tone={tone} icon={icon}>
            {t(`treasury.standing.${standing}`)}
          </Chip>
          {onEnter && (
            <Button
              size="compact-md"
              variant={month.overdue ? 'filled' : 'default'}
              aria-label={t('treasury.enterOf', { month: name })}
              onClick={onEnter}
            >
              {t('treasury.enter')}
            </Button>
          )}
        </div>,
      )}
    </tr>
  );
}

/** Phí and lệ phí below each other; what the body keeps is phí alone. */
function BySort(props: Partial<Record<SheetSort, number>> & { strong?: boolean }) {
  const { t } = useTranslation('sheet');
  return (
    <dl className={css.bySort} data-strong={props.strong || undefined}>
      {sorts.map((sort) => {
        const amount = props[sort];
        return (
          amount !== undefined && (
            <div key={sort}>
              <dt>{t(`sort.${sort}`)}</dt>
              <dd>{formatVnd(amount)}</dd>
            </div>
          )
        );
      })}
    </dl>
  );
}
