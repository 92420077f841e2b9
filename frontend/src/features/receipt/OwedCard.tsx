import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReceiptOwed } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useGive, useOwed } from './api';
import css from './receipt.module.css';
import { useMay } from './useMay';
import { nameOf } from './words';

/** What was collected while its authority had no series that could be used. */
export function OwedCard(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('receipt');
  const owed = useOwed(props.cursor);
  const give = useGive();
  const collects = useMay('payments.collect');
  return (
    <Card id="owed" title={t('owed.title')}>
      <div className={css.body}>
        <p className="small soft">{t('owed.lead')}</p>
        {give.isError && <ProblemNotice error={give.error} />}
        {give.data && (
          <Notice
            tone="good"
            live
            title={t('owed.given', { names: give.data.items.map(nameOf).join(', ') })}
          />
        )}
        {owed.isPending && <Loading rows={5} />}
        {owed.isError && <ProblemNotice error={owed.error} onRetry={() => void owed.refetch()} />}
        {owed.data?.items.length === 0 && <Empty icon="check" title={t('owed.none')} />}
        {owed.data && owed.data.items.length > 0 && (
          <ul className={css.lines}>
            {owed.data.items.map((item) => (
              <Line
                key={item.ledger_entry_id}
                item={item}
                busy={give.isPending && give.variables === item.dossier_id}
                onGive={
                  collects
                    ? () => {
                        if (!give.isPending) give.mutate(item.dossier_id);
                      }
                    : undefined
                }
              />
            ))}
          </ul>
        )}
        <Pager next={owed.data?.next} prev={owed.data?.prev} onGo={props.onGo} />
      </div>
    </Card>
  );
}

function Line({ item, busy, onGive }: { item: ReceiptOwed; busy: boolean; onGive?: () => void }) {
  const { t } = useTranslation(['receipt', 'fee', 'payment']);
  const code = item.dossier_code ?? t('payment:noCode');
  const parts = [
    item.phi_vnd > 0 && `${t('fee:kind.phi')} ${formatVnd(item.phi_vnd)}`,
    item.le_phi_vnd > 0 && `${t('fee:kind.le_phi')} ${formatVnd(item.le_phi_vnd)}`,
  ].filter(Boolean);
  return (
    <li>
      <div>
        <p>
          <Link to="/dossiers/$id" params={{ id: item.dossier_id }} className="code">
            {code}
          </Link>
        </p>
        <p className="small soft">
          {[...parts, t('owed.since', { at: formatDateTime(item.since) })].join(' · ')}
        </p>
      </div>
      <div className={css.take}>
        <strong className="num">{formatVnd(item.phi_vnd + item.le_phi_vnd)}</strong>
        {onGive && (
          <Button loading={busy} onClick={onGive} aria-label={t('owed.giveOf', { code })}>
            {t('owed.give')}
          </Button>
        )}
      </div>
    </li>
  );
}
