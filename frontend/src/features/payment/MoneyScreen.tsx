import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { useMay } from '@/features/receipt/useMay';
import type { BankTransaction, MoneyState, Role } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { AccountsCard } from './AccountsCard';
import { requestQuery, useGoingBack, useMoney } from './api';
import css from './payment.module.css';
import { MatchDialog, RefundDialog } from './PlaceDialogs';
import { PlacementsCard } from './PlacementsCard';
import { ReconcileDialog } from './ReconcileDialog';
import { RefundsCard } from './RefundsCard';
import { ToldCard } from './ToldCard';
import { UnbankedCard } from './UnbankedCard';
import { moneyLists } from './words';

/** Who reads what banks told as they told it. */
const READS_TOLD: Role[] = ['cashier', 'director', 'inspector', 'admin'];

/** Which money is listed. */
export interface MoneySearch {
  state?: MoneyState;
  cursor?: string;
}

interface Paging {
  search: MoneySearch;
  onSearch: (search: MoneySearch) => void;
}

/** Money that came: what paid, what waits, what is to go back, what nobody knows; and where it comes to. */
export function MoneyScreen(props: Paging) {
  const { t } = useTranslation('payment');
  const roles = useQuery(meQuery()).data?.roles.map((r) => r.role) ?? [];
  return (
    <Page title={t('money.title')} lead={t('money.lead')}>
      <MoneyCard {...props} places={roles.includes('cashier')} />
      <UnbankedCard />
      <PlacementsCard />
      <RefundsCard roles={roles} />
      {READS_TOLD.some((role) => roles.includes(role)) && <ToldCard />}
      <AccountsCard roles={roles} />
    </Page>
  );
}

function MoneyCard({ search, onSearch, places }: Paging & { places: boolean }) {
  const { t } = useTranslation('payment');
  const { state = 'to_refund', cursor } = search;
  const money = useMoney(state, cursor);
  const open = state === 'to_refund' || state === 'unmatched';
  const goingBack = useGoingBack(open);
  const reconciles = useMay('payments.reconcile');
  // Kept here: once it is placed the line itself is gone.
  const [placing, setPlacing] = useState<BankTransaction>();
  const [placed, setPlaced] = useState<BankTransaction>();
  return (
    <Card id="money" title={t('money.list')}>
      <div role="group" aria-label={t('money.which')} className={css.buttons}>
        {moneyLists.map((list) => (
          <Button
            key={list}
            variant={list === state ? 'filled' : 'default'}
            aria-pressed={list === state}
            onClick={() => onSearch({ state: list })}
          >
            {t(`moneyState.${list}`)}
          </Button>
        ))}
      </div>
      <p className="small soft">{t(`moneyHint.${state}`)}</p>
      {money.isPending && <Loading rows={5} />}
      {money.isError && <ProblemNotice error={money.error} onRetry={() => void money.refetch()} />}
      {money.data?.items.length === 0 && <Empty icon="check" title={t('money.none')} />}
      {money.data && money.data.items.length > 0 && (
        <ul className={css.due}>
          {money.data.items.map((m) => (
            <MoneyLine
              key={m.id}
              money={m}
              goesBack={goingBack.data?.has(m.id) ?? false}
              acts={places && open && !goingBack.isPending}
              onReconcile={
                reconciles && m.state === 'unmatched' && !goingBack.isPending
                  ? () => {
                      setPlaced(undefined);
                      setPlacing(m);
                    }
                  : undefined
              }
            />
          ))}
        </ul>
      )}
      {placed && (
        <Notice
          tone="good"
          live
          title={t('reconcile.done', {
            amount: formatVnd(placed.amount_vnd),
            reference: placed.bank_reference,
          })}
        />
      )}
      {placing && (
        <ReconcileDialog
          // At the version that is known by now.
          money={money.data?.items.find((m) => m.id === placing.id) ?? placing}
          onDone={() => {
            setPlaced(placing);
            setPlacing(undefined);
          }}
          onClose={() => setPlacing(undefined)}
        />
      )}
      <Pager
        next={money.data?.next}
        prev={money.data?.prev}
        onGo={(next) => onSearch({ ...search, cursor: next })}
      />
    </Card>
  );
}

function MoneyLine(props: {
  money: BankTransaction;
  /** It is proposed already that it goes back. */
  goesBack: boolean;
  acts: boolean;
  /** Where it may be held against what was collected. */
  onReconcile?: () => void;
}) {
  const { t } = useTranslation('payment');
  const { money, goesBack, onReconcile } = props;
  // What goes back already is neither placed nor asked back again.
  const acts = props.acts && !goesBack;
  const [dialog, setDialog] = useState<'match' | 'refund'>();
  const payer = [money.payer_name, money.payer_account].filter(Boolean).join(' – ');
  return (
    <li>
      <div>
        <p>
          <strong className="num">{formatVnd(money.amount_vnd)}</strong>{' '}
          {money.refund_vnd > 0 && (
            <Chip tone={money.state === 'refunded' ? 'plain' : 'soon'}>
              {t(money.state === 'refunded' ? 'money.wentBack' : 'money.back', {
                amount: formatVnd(money.refund_vnd),
              })}
            </Chip>
          )}
        </p>
        <p>
          <span lang="vi">{money.description}</span>
          {payer && <span lang="vi"> – {payer}</span>}
        </p>
        <p className="small soft">
          {t('money.booked', { at: formatDateTime(money.booked_at), reference: money.bank_reference })}
        </p>
      </div>
      <div className={css.take}>
        {money.payment_request_id && <DossierOf request={money.payment_request_id} />}
        {goesBack && (
          <Chip tone="accent" icon="clock">
            {t('refund.proposed')}
          </Chip>
        )}
        {onReconcile && !goesBack && (
          <Button variant="default" onClick={onReconcile}>
            {t('reconcile.begin')}
          </Button>
        )}
        {acts && money.state === 'unmatched' && (
          <Button variant="default" onClick={() => setDialog('match')}>
            {t('match.begin')}
          </Button>
        )}
        {acts && (
          <Button variant="default" onClick={() => setDialog('refund')}>
            {t('refund.begin')}
          </Button>
        )}
      </div>
      {dialog === 'match' && <MatchDialog money={money} onClose={() => setDialog(undefined)} />}
      {dialog === 'refund' && <RefundDialog money={money} onClose={() => setDialog(undefined)} />}
    </li>
  );
}

function DossierOf({ request }: { request: string }) {
  const { t } = useTranslation('payment');
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...requestQuery(open ? request : undefined), refetchInterval: false }).data;
  if (!found)
    return (
      <Button variant="subtle" loading={open} onClick={() => setOpen(true)}>
        {t('money.which_dossier')}
      </Button>
    );
  return (
    <Link to="/dossiers/$id" params={{ id: found.dossier_id }} className="code">
      {found.dossier_code ?? t('noCode')}
    </Link>
  );
}
