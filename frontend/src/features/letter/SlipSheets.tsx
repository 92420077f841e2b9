import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { slipQuery } from '@/features/dossier/api';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import css from './form01.module.css';
import { Form01 } from './Form01';

/** The sheets as they will come out of the printer. */
export function SlipSheets({ id, number, both }: { id: string; number?: number; both: boolean }) {
  const { t } = useTranslation('slip');
  const slip = useQuery(slipQuery(id, number));
  if (slip.isPending) return <Loading rows={8} />;
  if (slip.isError) return <ProblemNotice error={slip.error} onRetry={() => void slip.refetch()} />;
  return (
    <div className={css.sheets} role="group" aria-label={t('sheets')}>
      <Form01 slip={slip.data} copy="given" />
      {both && <Form01 slip={slip.data} copy="kept" />}
    </div>
  );
}
