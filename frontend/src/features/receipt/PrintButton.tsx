import { useTranslation } from 'react-i18next';
import type { Receipt } from '@/shared/api/types';
import { FileButton } from '@/shared/ui/FileButton';
import { receiptDocument } from './api';
import { nameOf } from './words';

/** Shows a receipt as the document that is printed and kept. */
export function PrintButton({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('receipt');
  return (
    <FileButton
      icon="print"
      label={t('printOf', { name: nameOf(receipt) })}
      otherwise={`${nameOf(receipt).replaceAll(' ', '-')}.pdf`}
      ask={() => receiptDocument(receipt.id)}
    >
      {t('print')}
    </FileButton>
  );
}
