import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '@/shared/api/types';
import cards from '@/shared/ui/cards.module.css';
import { capital, formatDate, formatTime, formatVnd } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import { Adjustment } from './Adjustment';
import { PrintButton } from './PrintButton';
import css from './receipt.module.css';
import { isWhole, nameOf, receiptTone } from './words';

const columns = ['number', 'payer', 'amount', 'at', 'state'] as const;

interface Acts {
  onReplace: (receipt: Receipt) => void;
  onReturn: (receipt: Receipt) => void;
}

/** One row per receipt; where there is little room each row becomes a card, its meaning kept by explicit roles. */
export function ReceiptsTable(props: {
  receipts: Receipt[];
  /** Whether it is proposed that some of what it was given for goes back. */
  goesBack: (receipt: Receipt) => boolean;
  /** Absent: whoever looks at it may not. */
  acts?: Acts;
}) {
  const { t } = useTranslation('receipt');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="issued-title" tabIndex={0}>
      <table className={`${ui.table} ${cards.cells} ${cards.cardsEarly}`} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column}
                role="columnheader"
                scope="col"
                className={column === 'amount' ? 'num' : undefined}
              >
                {t(`column.${column}`)}
              </th>
            ))}
            <th role="columnheader" scope="col">
              <span className="sr-only">{t('column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.receipts.map((receipt) => (
            <Row key={receipt.id} receipt={receipt} goesBack={props.goesBack(receipt)} acts={props.acts} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ receipt, goesBack, acts }: { receipt: Receipt; goesBack: boolean; acts?: Acts }) {
  const { t } = useTranslation(['receipt', 'fee', 'payment']);
  const [tone, icon] = receiptTone[receipt.state];
  return (
    <tr role="row">
      <td role="cell">
        <span className="code">{nameOf(receipt)}</span>
        <div>{capital(t(`fee:kind.${receipt.kind}`))}</div>
        <div className="small soft">{t('formOf', { symbol: receipt.form_symbol })}</div>
        <Adjustment receipt={receipt} />
      </td>
      <td role="cell">
        <div lang="vi">{receipt.payer_name}</div>
        {receipt.payer_number && <div className="small soft">{receipt.payer_number}</div>}
        <Link to="/dossiers/$id" params={{ id: receipt.dossier_id }} className={css.dossier}>
          {receipt.dossier_code ?? t('payment:noCode')}
        </Link>
      </td>
      <td role="cell" className="num">
        <strong>{formatVnd(receipt.amount_vnd)}</strong>
      </td>
      <td role="cell">
        {/* In two lines where there is little room. */}
        <time dateTime={receipt.issued_at}>
          {formatTime(receipt.issued_at)} {formatDate(receipt.issued_at)}
        </time>
        <div className="small soft">
          {receipt.issued_by?.full_name ?? t(receipt.method === 'online' ? 'byPlatform' : 'byBank')}
        </div>
      </td>
      <td role="cell" className={css.state}>
        <Chip tone={tone} icon={icon}>
          {t(`state.${receipt.state}`)}
        </Chip>
        {receipt.replaced_because && (
          <div className="small soft">{t('because', { reason: receipt.replaced_because })}</div>
        )}
      </td>
      <td role="cell">
        <div className={css.actions}>
          <PrintButton receipt={receipt} />
          {goesBack && <Chip tone="accent">{t('payment:refund.proposed')}</Chip>}
          {acts && isWhole(receipt) && !goesBack && (
            <>
              <Button
                size="compact-md"
                variant="default"
                aria-label={t('replace.beginOf', { name: nameOf(receipt) })}
                onClick={() => acts.onReplace(receipt)}
              >
                {t('replace.begin')}
              </Button>
              <Button
                size="compact-md"
                variant="default"
                aria-label={t('return.beginOf', { name: nameOf(receipt) })}
                onClick={() => acts.onReturn(receipt)}
              >
                {t('return.begin')}
              </Button>
            </>
          )}
        </div>
      </td>
    </tr>
  );
}
