import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '@/shared/api/types';
import { formatVnd } from '@/shared/ui/format';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { dossierReceiptsQuery } from './api';
import { PrintButton } from './PrintButton';
import css from './receipt.module.css';
import { useMay } from './useMay';
import { nameOf, receiptTone, stillToReceipt } from './words';

/** The receipts of a dossier, and what is still to be receipted; nothing for whom money is no business. */
export function DossierReceipts(props: {
  dossier: string;
  /** What was collected and stands, where that is known. */
  collected?: number;
}) {
  return useMay('payments.read') ? <Readable {...props} /> : null;
}

function Readable({ dossier, collected = 0 }: { dossier: string; collected?: number }) {
  const { t } = useTranslation('receipt');
  const receipts = useQuery(dossierReceiptsQuery(dossier));
  const collects = useMay('payments.collect');
  if (receipts.isPending) return collected > 0 ? <Loading rows={2} /> : null;
  if (receipts.isError)
    return <ProblemNotice error={receipts.error} onRetry={() => void receipts.refetch()} />;
  const { items } = receipts.data;
  const missing = stillToReceipt(collected, items);
  if (items.length === 0 && missing === 0) return null;
  return (
    <div className={css.of}>
      <h3>{t('of.title')}</h3>
      {items.length > 0 && (
        <ul className={css.lines}>
          {items.map((receipt) => (
            <Line key={receipt.id} receipt={receipt} />
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
    </div>
  );
}

function Line({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation(['receipt', 'fee']);
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
      </div>
      <div className={css.take}>
        <PrintButton receipt={receipt} />
      </div>
    </li>
  );
}
