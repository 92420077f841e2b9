import { useTranslation } from 'react-i18next';
import { FileButton } from '@/shared/ui/FileButton';
import { closingDocument, closingWorkbook } from './api';
import css from './closing.module.css';
import { fileName } from './words';

/** A closing on paper, and as a workbook. */
export function Documents({ closing }: { closing: { id: string; day: string; number: number } }) {
  const { t } = useTranslation('closing');
  return (
    <div className={css.buttons}>
      <FileButton icon="print" otherwise={fileName(closing, 'pdf')} ask={() => closingDocument(closing.id)}>
        {t('print')}
      </FileButton>
      <FileButton
        keep
        icon="intake"
        otherwise={fileName(closing, 'xlsx')}
        ask={() => closingWorkbook(closing.id)}
      >
        {t('workbook')}
      </FileButton>
    </div>
  );
}
