import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TakesFocus } from '@/features/upkeep/TakesFocus';
import type { Refund } from '@/shared/api/types';
import { formatVnd } from '@/shared/ui/format';
import { Notice } from '@/shared/ui/Notice';

/** That it is proposed, and where it goes on; it has the focus, since the button that proposed it has gone. */
export function ReturnProposed({ refund }: { refund: Refund }) {
  const { t } = useTranslation('receipt');
  return (
    <TakesFocus key={refund.id}>
      <Notice
        tone="good"
        live
        title={t('return.done', { amount: formatVnd(refund.amount_vnd), name: refund.receipt_name })}
        foot={
          <Link to="/money" search={{}} hash="refunds-title">
            {t('return.toQueue')}
          </Link>
        }
      />
    </TakesFocus>
  );
}
