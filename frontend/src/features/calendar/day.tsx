import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CalendarDay } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { toggled, type Tried } from './tried';

/** What is being tried, and how a day is added to it or taken back; absent for who may not. */
export interface Trying {
  tried: Tried;
  onTried: (tried: Tried) => void;
}

export function Kind({ day }: { day: CalendarDay }) {
  const { t } = useTranslation('catalogue');
  return (
    <Chip tone={day.working ? 'good' : 'plain'} icon={day.working ? 'check' : 'cross'}>
      {t(`calendar.kinds.${day.kind}`)}
    </Chip>
  );
}

export const shiftWords = (shifts: CalendarDay['shifts']) =>
  shifts.map((s) => `${s.from.slice(0, 5)}–${s.to.slice(0, 5)}`).join(', ');

/** Adds a day to what is tried: a working day as off, a rest day as worked. */
export function TryButton({ day, trying }: { day: CalendarDay; trying: Trying }) {
  const { t } = useTranslation('catalogue');
  const chosen = trying.tried[day.date] !== undefined;
  return (
    <Button
      size="compact-sm"
      variant={chosen ? 'filled' : 'default'}
      aria-pressed={chosen}
      aria-label={t(day.working ? 'calendar.try.off' : 'calendar.try.work', { date: formatDate(day.date) })}
      onClick={() => trying.onTried(toggled(trying.tried, day.date, day.working))}
    >
      {t(day.working ? 'calendar.try.offShort' : 'calendar.try.workShort')}
    </Button>
  );
}
