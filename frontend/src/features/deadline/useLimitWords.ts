import { useTranslation } from 'react-i18next';
import type { LimitUnit } from '@/shared/api/types';

/** "3 ngày làm việc", "trong ngày" … for a limit of the catalogue, in the screen's language or a given one. */
export function useLimitWords(
  language?: string,
): (limit: { amount: number; unit: LimitUnit } | null | undefined) => string {
  const { t, i18n } = useTranslation('dossier', language ? { lng: language } : undefined);
  return (limit) => {
    if (!limit) return t('limit.none');
    if (limit.unit === 'same_day') return t('limit.same_day');
    // Half days are read as days: 5 half days are "2,5 ngày làm việc".
    const number = new Intl.NumberFormat(language ?? i18n.language);
    if (limit.unit === 'half_day') return t('limit.working_day', { amount: number.format(limit.amount / 2) });
    return t(`limit.${limit.unit}`, { amount: number.format(limit.amount) });
  };
}
