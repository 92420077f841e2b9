import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/features/receipt/useMay';
import type { UnknownPayment } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import css from './payment.module.css';
import { useUnknowns } from './unknown';
import { DenyUnknown } from './UnknownDialogs';
import { unknownTone } from './words';

/** Payments of which it is not known whether they came; there only while there are any. */
export function UnknownCard() {
  const { t } = useTranslation('payment');
  const [cursor, setCursor] = useState<string>();
  const unknowns = useUnknowns(cursor);
  const collects = useMay('payments.collect');
  const none = !unknowns.data || (unknowns.data.items.length === 0 && cursor === undefined);
  if (none && !unknowns.isError) return null;
  return (
    <Card id="unknown" title={t('unknown.title')}>
      <div className={css.headed}>
        <p className="small soft">{t('unknown.lead')}</p>
        {unknowns.isError && <ProblemNotice error={unknowns.error} onRetry={() => void unknowns.refetch()} />}
        {unknowns.data && (
          <ul className={css.due}>
            {unknowns.data.items.map((each) => (
              <Line key={each.id} payment={each} collects={collects} />
            ))}
          </ul>
        )}
      </div>
      <Pager next={unknowns.data?.next} prev={unknowns.data?.prev} onGo={setCursor} />
    </Card>
  );
}

function Line({ payment, collects }: { payment: UnknownPayment; collects: boolean }) {
  const { t } = useTranslation(['payment', 'fee']);
  const code = payment.dossier_code ?? t('noCode');
  const [tone, icon] = unknownTone[payment.state];
  return (
    <li>
      <div>
        <p>
          <Link to="/dossiers/$id" params={{ id: payment.dossier_id }} className="code">
            {code}
          </Link>{' '}
          <Chip tone={tone} icon={icon}>
            {t(`unknown.state.${payment.state}`)}
          </Chip>
        </p>
        <p>
          {t(`fee:method.${payment.method}`)}
          {payment.reference && ` · ${t('unknown.ref', { reference: payment.reference })}`}
          {': '}
          <span lang="vi">{payment.note}</span>
        </p>
        <p className="small soft">
          {t('unknown.by', { name: payment.said_by.full_name, at: formatDateTime(payment.said_at) })}
        </p>
      </div>
      <div className={css.take}>
        <strong className="num">{formatVnd(payment.amount_vnd)}</strong>
        {collects && <DenyUnknown payment={payment} of={code} />}
      </div>
    </li>
  );
}
