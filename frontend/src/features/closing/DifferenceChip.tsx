import { useTranslation } from 'react-i18next';
import { formatVnd } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';

/** Whether what was counted is what should be there: how much too much, or too little. */
export function DifferenceChip({ difference }: { difference: number }) {
  const { t } = useTranslation('closing');
  if (difference === 0)
    return (
      <Chip tone="good" icon="check">
        {t('difference.none')}
      </Chip>
    );
  return (
    <Chip tone="late" icon="late">
      {t(difference > 0 ? 'difference.over' : 'difference.short', {
        amount: formatVnd(Math.abs(difference)),
      })}
    </Chip>
  );
}
