import { useTranslation } from 'react-i18next';
import type { Dossier } from '@/shared/api/types';
import { FileButton } from '@/shared/ui/FileButton';
import { resultMarkDocument } from './api';

/** Opens the label that goes on a result: by its code anybody checks that the paper is genuine and still holds. */
export function ResultMarkButton({ dossier: { id, code } }: { dossier: Pick<Dossier, 'id' | 'code'> }) {
  const { t } = useTranslation('dossier');
  return (
    <FileButton icon="print" otherwise={`ma-kiem-tra-${code ?? id}.pdf`} ask={() => resultMarkDocument(id)}>
      {t('outcome.mark')}
    </FileButton>
  );
}
