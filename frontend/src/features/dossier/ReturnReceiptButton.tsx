import { useTranslation } from 'react-i18next';
import type { Dossier } from '@/shared/api/types';
import { FileButton } from '@/shared/ui/FileButton';
import { returnReceiptDocument } from './api';
import { useMayReadLetters } from './LetterButton';

/** Opens what both sides sign for a result that was handed back. Who would be refused it gets no button. */
export function ReturnReceiptButton({ dossier: { id, code } }: { dossier: Pick<Dossier, 'id' | 'code'> }) {
  const { t } = useTranslation('dossier');
  if (!useMayReadLetters()) return null;
  return (
    <FileButton
      icon="print"
      otherwise={`bien-nhan-tra-ket-qua-${code ?? id}.pdf`}
      ask={() => returnReceiptDocument(id)}
    >
      {t('outcome.receipt')}
    </FileButton>
  );
}
