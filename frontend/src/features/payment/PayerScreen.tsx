import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { publicCentresQuery } from '@/features/centre/api';
import type { PaymentRequest } from '@/shared/api/types';
import { formatVnd } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { isOpen, requestQuery } from './api';
import css from './payer.module.css';
import { useShownRequest } from './second';
import { grouped } from './words';

/**
 * The screen that the payer looks at: the code as large as it goes, and whether the money has come. Others stand behind:
 * nobody's name is on it.
 */
export function PayerScreen() {
  const { t } = useTranslation(['payment', 'common']);
  const shown = useShownRequest();
  const request = useQuery(requestQuery(shown ?? undefined)).data;
  const centre = useQuery(publicCentresQuery()).data?.items[0]?.name;
  useEffect(() => {
    document.title = t('common:documentTitle', { page: t('payer.title') });
  }, [t]);
  return (
    <div className={css.screen}>
      <h1 lang={centre ? 'vi' : undefined}>{centre ?? t('payer.title')}</h1>
      <div className={css.body} aria-live="polite">
        {request ? <Shown request={request} /> : <p className={css.words}>{t('payer.idle')}</p>}
      </div>
    </div>
  );
}

function Shown({ request }: { request: PaymentRequest }) {
  const { t } = useTranslation('payment');
  if (request.state === 'paid' || request.state === 'overpaid')
    return (
      <div className={css.done}>
        <Icon name="check" size={160} />
        <p className={css.words}>{t('payer.paid', { amount: formatVnd(request.amount_vnd) })}</p>
        <p>{t('payer.thanks')}</p>
      </div>
    );
  if (!isOpen(request)) return <p className={css.words}>{t('payer.over')}</p>;
  return (
    <div className={css.pay}>
      <img alt={t('request.code')} src={`data:image/svg+xml;utf8,${encodeURIComponent(request.svg)}`} />
      <div>
        <p className={css.words}>{t('payer.scan')}</p>
        <p className={css.amount}>{formatVnd(request.amount_vnd - request.received_vnd)}</p>
        <p lang="vi">({request.amount_in_words})</p>
        <dl>
          <dt>{t('payee')}</dt>
          <dd lang="vi">{request.payee.holder}</dd>
          <dt>{t('account')}</dt>
          <dd>
            {request.payee.account_number} – {request.payee.bank_name ?? request.payee.bank_bin}
          </dd>
          <dt>{t('payer.text')}</dt>
          <dd className={css.reference}>{grouped(request.reference)}</dd>
        </dl>
        {request.state === 'partly_paid' && (
          <p>{t('payer.partly', { came: formatVnd(request.received_vnd) })}</p>
        )}
      </div>
    </div>
  );
}
