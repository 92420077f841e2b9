import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskDialog } from '@/features/payment/AskDialog';
import { useMay } from '@/features/receipt/useMay';
import type { TreasuryTransfer } from '@/shared/api/types';
import { formatDate, formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useTransfers, useUndoTransfer } from './api';
import css from './sheet.module.css';
import { formatMonth } from './words';

/** What went on to the State Treasury, with what was taken back: by somebody else than who had entered it. */
export function TransfersCard({ authority }: { authority: string }) {
  const { t } = useTranslation('sheet');
  const [cursor, setCursor] = useState<string>();
  const transfers = useTransfers(authority, cursor);
  const reconciles = useMay('payments.reconcile');
  return (
    <Card id="transfers" title={t('transfers.title')}>
      <div className={css.body}>
        <p className="small soft">{t('transfers.lead')}</p>
        {transfers.isPending && <Loading rows={3} />}
        {transfers.isError && (
          <ProblemNotice error={transfers.error} onRetry={() => void transfers.refetch()} />
        )}
        {transfers.data?.items.length === 0 && <p className="soft">{t('transfers.none')}</p>}
        {transfers.data && transfers.data.items.length > 0 && (
          <ul className={css.lines}>
            {transfers.data.items.map((transfer) => (
              <Line key={transfer.id} transfer={transfer} undoes={reconciles && !transfer.undone_at} />
            ))}
          </ul>
        )}
        <Pager next={transfers.data?.next} prev={transfers.data?.prev} onGo={setCursor} />
      </div>
    </Card>
  );
}

/** Phí and lệ phí of a transfer, each only where there is some. */
function useSums() {
  const { t } = useTranslation('sheet');
  return (transfer: TreasuryTransfer) =>
    [
      transfer.phi_vnd > 0 && t('transfers.phi', { amount: formatVnd(transfer.phi_vnd) }),
      transfer.le_phi_vnd > 0 && t('transfers.le_phi', { amount: formatVnd(transfer.le_phi_vnd) }),
    ]
      .filter(Boolean)
      .join(' · ');
}

function Line({ transfer, undoes }: { transfer: TreasuryTransfer; undoes: boolean }) {
  const { t } = useTranslation('sheet');
  const sumsOf = useSums();
  const [asking, setAsking] = useState(false);
  return (
    <li>
      <div>
        <p>
          <strong>{t('treasury.of', { month: formatMonth(transfer.month) })}</strong>{' '}
          {transfer.undone_at && <Chip>{t('transfers.undone')}</Chip>}
        </p>
        <p>{sumsOf(transfer)}</p>
        {transfer.kept_phi_vnd > 0 && (
          <p>
            {t('transfers.kept', { amount: formatVnd(transfer.kept_phi_vnd) })}
            {transfer.kept_source && (
              <>
                {': '}
                <span lang="vi">{transfer.kept_source}</span>
              </>
            )}
          </p>
        )}
        <p className="small soft">
          {t('transfers.bank', {
            reference: transfer.bank_reference,
            day: formatDate(transfer.transferred_on),
          })}
          {' · '}
          {t('transfers.by', {
            name: transfer.entered_by.full_name,
            at: formatDateTime(transfer.entered_at),
          })}
          {transfer.undone_by && transfer.undone_at && (
            <>
              {' · '}
              {t('transfers.undoneBy', {
                name: transfer.undone_by.full_name,
                at: formatDateTime(transfer.undone_at),
              })}
              {': '}
              <span lang="vi">{transfer.undone_because}</span>
            </>
          )}
        </p>
      </div>
      {undoes && (
        <Button
          variant="default"
          aria-label={t('transfers.undoOf', { reference: transfer.bank_reference })}
          onClick={() => setAsking(true)}
        >
          {t('transfers.undo')}
        </Button>
      )}
      {asking && <UndoDialog transfer={transfer} onClose={() => setAsking(false)} />}
    </li>
  );
}

function UndoDialog({ transfer, onClose }: { transfer: TreasuryTransfer; onClose: () => void }) {
  const { t } = useTranslation('sheet');
  const sumsOf = useSums();
  const undo = useUndoTransfer();
  return (
    <AskDialog
      title={t('transfers.undo')}
      field={{ name: 'reason', label: t('transfers.reason'), maxLength: 300 }}
      yes={t('transfers.undo')}
      step={undo}
      onSend={(reason) => undo.mutate({ transfer, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('transfers.ask')}</p>
      <Facts
        items={[
          [t('treasury.month'), formatMonth(transfer.month)],
          [t('transfers.sums'), sumsOf(transfer)],
          [t('enter.bank_reference'), transfer.bank_reference],
        ]}
      />
    </AskDialog>
  );
}
