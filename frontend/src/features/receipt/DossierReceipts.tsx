import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGoingBack } from '@/features/payment/api';
import type { Receipt, Refund } from '@/shared/api/types';
import { formatVnd } from '@/shared/ui/format';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Adjustment } from './Adjustment';
import { dossierReceiptsQuery } from './api';
import { PrintButton } from './PrintButton';
import css from './receipt.module.css';
import { ReturnDialog } from './ReturnDialog';
import { ReturnProposed } from './ReturnProposed';
import { useMay } from './useMay';
import { isWhole, nameOf, receiptTone, stillToReceipt } from './words';

interface Of {
  dossier: string;
  /** What was collected and stands, where that is known. */
  collected?: number;
  /** Where a cashier may propose that some of it goes back. */
  returns?: boolean;
}

/** The receipts of a dossier, and what is still to be receipted; nothing for whom money is no business. */
export function DossierReceipts(props: Of) {
  return useMay('payments.read') ? <Readable {...props} /> : null;
}

function Readable({ dossier, collected = 0, returns = false }: Of) {
  const { t } = useTranslation('receipt');
  const receipts = useQuery(dossierReceiptsQuery(dossier));
  const collects = useMay('payments.collect');
  const goingBack = useGoingBack(collects && returns);
  const [returning, setReturning] = useState<Receipt>();
  const [proposed, setProposed] = useState<Refund>();
  if (receipts.isPending) return collected > 0 ? <Loading rows={2} /> : null;
  if (receipts.isError)
    return <ProblemNotice error={receipts.error} onRetry={() => void receipts.refetch()} />;
  const { items } = receipts.data;
  const missing = stillToReceipt(collected, items);
  if (items.length === 0 && missing === 0) return null;
  return (
    <div className={css.of}>
      <h3>{t('of.title')}</h3>
      {proposed && <ReturnProposed refund={proposed} />}
      {items.length > 0 && (
        <ul className={css.lines}>
          {items.map((receipt) => (
            <Line
              key={receipt.id}
              receipt={receipt}
              goesBack={goingBack.data?.has(receipt.id) ?? false}
              onReturn={collects && returns && !goingBack.isPending ? setReturning : undefined}
            />
          ))}
        </ul>
      )}
      {missing > 0 && (
        <Notice tone="soon" title={t('of.still', { amount: formatVnd(missing) })}>
          {collects && (
            <Link to="/receipts" search={{ tab: 'owed' }}>
              {t('of.toOwed')}
            </Link>
          )}
        </Notice>
      )}
      {items.length > 0 && (
        <p className="small">
          <Link to="/receipts" search={{ dossier_id: dossier }}>
            {t('of.all')}
          </Link>
        </p>
      )}
      {returning && (
        <ReturnDialog
          receipt={items.find((r) => r.id === returning.id) ?? returning}
          onDone={(refund) => {
            setProposed(refund);
            setReturning(undefined);
          }}
          onClose={() => setReturning(undefined)}
        />
      )}
    </div>
  );
}

function Line(props: {
  receipt: Receipt;
  /** It is proposed that some of what it was given for goes back. */
  goesBack: boolean;
  onReturn?: (receipt: Receipt) => void;
}) {
  const { t } = useTranslation(['receipt', 'fee', 'payment']);
  const { receipt, goesBack, onReturn } = props;
  const [tone, icon] = receiptTone[receipt.state];
  return (
    <li>
      <div>
        <p>
          <span className="code">{nameOf(receipt)}</span>{' '}
          {receipt.state !== 'valid' && (
            <Chip tone={tone} icon={icon}>
              {t(`state.${receipt.state}`)}
            </Chip>
          )}
        </p>
        <p className="small soft">
          {t(`fee:kind.${receipt.kind}`)} {formatVnd(receipt.amount_vnd)}
        </p>
        <Adjustment receipt={receipt} />
        {goesBack && (
          <Chip tone="accent" icon="clock">
            {t('payment:refund.proposed')}
          </Chip>
        )}
      </div>
      <div className={css.take}>
        <PrintButton receipt={receipt} />
        {onReturn && isWhole(receipt) && !goesBack && (
          <Button
            size="compact-md"
            variant="default"
            aria-label={t('return.beginOf', { name: nameOf(receipt) })}
            onClick={() => onReturn(receipt)}
          >
            {t('return.begin')}
          </Button>
        )}
      </div>
    </li>
  );
}
