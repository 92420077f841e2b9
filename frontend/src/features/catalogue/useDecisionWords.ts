import { useTranslation } from 'react-i18next';
import { formatDate } from '@/shared/ui/format';

/** "663/QĐ-UBND ngày 10/02/2026" */
export function useDecisionWords(): (decision: { number: string; date?: string | null }) => string {
  const { t } = useTranslation('catalogue');
  return ({ number, date }) => (date ? t('workflow.decision', { number, date: formatDate(date) }) : number);
}
