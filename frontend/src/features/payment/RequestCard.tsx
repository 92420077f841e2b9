import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DossierReceipts } from '@/features/receipt/DossierReceipts';
import { useNow } from '@/features/watch/useNow';
import type { PaymentRequest } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime, formatTime, formatVnd } from '@/shared/ui/format';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { isOpen, requestQuery, useCancel } from './api';
import { AskDialog } from './AskDialog';
import css from './payment.module.css';
import { useSecondScreen } from './second';
import { grouped, minutesLeft, requestTone } from './words';

/** Why a request ends whose dossier was paid by a cashier's word meanwhile. */
const PAID_OTHERWISE = 'paid_otherwise';

/** What is being collected: the code, whether it was paid, and the way to ask no more. */
export function RequestCard({ id, onAgain }: { id: string; onAgain: (dossier: string) => void }) {
  const { t } = useTranslation('payment');
  const request = useQuery(requestQuery(id));
  // Money that came is shown to the payer until the next one is asked.
  useSecondScreen(id);
  return (
    <Card
      id="request"
      title={t('request.title')}
      aside={request.data && <StateChip request={request.data} />}
    >
      {request.isPending && <Loading rows={8} />}
      {request.isError && <ProblemNotice error={request.error} onRetry={() => void request.refetch()} />}
      {request.data && <Whole request={request.data} onAgain={onAgain} />}
    </Card>
  );
}

function StateChip({ request }: { request: PaymentRequest }) {
  const { t } = useTranslation('payment');
  const [tone, icon] = requestTone[request.state];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`state.${request.state}`)}
    </Chip>
  );
}

function Whole({ request, onAgain }: { request: PaymentRequest; onAgain: (dossier: string) => void }) {
  const { t } = useTranslation('payment');
  const word = useWord();
  const [asking, setAsking] = useState(false);
  const now = useNow();
  const paid = request.state === 'paid' || request.state === 'overpaid';
  const over = request.received_vnd - request.amount_vnd;
  return (
    <div className={css.request}>
      <div aria-live="polite">
        {request.state === 'paid' && <Notice tone="good" title={t('request.paid')} />}
        {request.state === 'overpaid' && (
          <Notice tone="soon" title={t('request.overpaid', { amount: formatVnd(over) })}>
            {t('request.refundLater')}
          </Notice>
        )}
        {request.state === 'partly_paid' && (
          <Notice
            tone="soon"
            title={t('request.partly', {
              came: formatVnd(request.received_vnd),
              rest: formatVnd(request.amount_vnd - request.received_vnd),
            })}
          />
        )}
        {request.state === 'expired' && <Notice tone="rest" title={t('request.expired')} />}
        {request.state === 'cancelled' && (
          <Notice tone="rest" title={t('request.cancelled')}>
            {word('payment:reason', request.reason ?? '', request.reason ?? '')}
          </Notice>
        )}
      </div>
      {isOpen(request) && (
        <figure className={css.code}>
          <img alt={t('request.code')} src={`data:image/svg+xml;utf8,${encodeURIComponent(request.svg)}`} />
          <figcaption className="small soft">
            {t('request.until', {
              at: formatTime(request.expires_at),
              count: minutesLeft(request.expires_at, now),
            })}
          </figcaption>
        </figure>
      )}
      <Facts
        items={[
          [
            t('dossier'),
            <Link key="code" to="/dossiers/$id" params={{ id: request.dossier_id }} className="code">
              {request.dossier_code ?? t('noCode')}
            </Link>,
          ],
          [
            t('amount'),
            <strong key="amount" className="num">
              {formatVnd(request.amount_vnd)}
            </strong>,
          ],
          [
            t('inWords'),
            <span key="words" lang="vi">
              {request.amount_in_words}
            </span>,
          ],
          [
            t('reference'),
            <span key="reference" className="code">
              {grouped(request.reference)}
            </span>,
          ],
          [
            t('payee'),
            <span key="holder" lang="vi">
              {request.payee.holder}
            </span>,
          ],
          [
            t('account'),
            [request.payee.account_number, request.payee.bank_name ?? request.payee.bank_bin].join(' – '),
          ],
          [t('asked'), `${formatDateTime(request.created_at)} · ${request.created_by.full_name}`],
        ]}
      />
      {request.money.length > 0 && (
        <ul className="plain">
          {request.money.map((m) => (
            <li key={m.id} className="small">
              {t('request.came', {
                amount: formatVnd(m.amount_vnd),
                at: formatDateTime(m.booked_at),
                reference: m.bank_reference,
              })}
            </li>
          ))}
        </ul>
      )}
      {paid && <DossierReceipts dossier={request.dossier_id} collected={request.amount_vnd} />}
      {request.state === 'cancelled' && request.reason === PAID_OTHERWISE && (
        <DossierReceipts dossier={request.dossier_id} />
      )}
      <div className={css.buttons}>
        {isOpen(request) && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('request.cancel')}
          </Button>
        )}
        {!isOpen(request) && !paid && (
          <Button onClick={() => onAgain(request.dossier_id)}>{t('request.again')}</Button>
        )}
      </div>
      {asking && <CancelDialog request={request} onClose={() => setAsking(false)} />}
    </div>
  );
}

function CancelDialog({ request, onClose }: { request: PaymentRequest; onClose: () => void }) {
  const { t } = useTranslation('payment');
  const cancel = useCancel();
  return (
    <AskDialog
      title={t('cancel.title')}
      field={{ name: 'reason', label: t('cancel.reason'), maxLength: 300 }}
      yes={t('cancel.yes')}
      step={cancel}
      onSend={(reason) => cancel.mutate({ request, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="soft">{t('cancel.lead')}</p>
    </AskDialog>
  );
}
