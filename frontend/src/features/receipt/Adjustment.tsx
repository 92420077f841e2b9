import { useTranslation } from 'react-i18next';
import type { Receipt } from '@/shared/api/types';
import { Chip } from '@/shared/ui/Notice';
import css from './receipt.module.css';
import { takesOff } from './words';

/** That a receipt takes something off another, or that something was taken off it, and which the other one is. */
export function Adjustment({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('receipt');
  const { adjusts, adjusted_by: by } = receipt;
  return (
    <>
      {takesOff(receipt) && (
        <div className={css.adjustment}>
          <Chip tone="rest">{t('adjustment.adjusts')}</Chip>
          {adjusts && <span className="small soft">{t('adjustment.adjustsOf', { name: adjusts.name })}</span>}
        </div>
      )}
      {by && (
        <div className={css.adjustment}>
          <Chip tone="rest">{t('adjustment.adjusted')}</Chip>
          <span className="small soft">{t('adjustment.adjustedBy', { name: by.name })}</span>
        </div>
      )}
    </>
  );
}
