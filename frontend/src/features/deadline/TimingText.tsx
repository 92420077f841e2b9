import { useTranslation } from 'react-i18next';
import type { DossierState, Timing } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { SOON_MINUTES, spokenUnits, splitWorkingMinutes } from './remaining';

export interface Timed {
  state: DossierState;
  timing?: Timing | null;
  due_at?: string | null;
  remaining_working_minutes?: number | null;
}

const finished: DossierState[] = ['completed', 'returned'];
const withoutClock: DossierState[] = ['withdrawn', 'stopped', 'transferred', 'refused_at_intake'];

/** The words for a stretch of working time: "2 ngày 3 giờ làm việc". */
export function useWorkingTimeWords(): (minutes: number) => string {
  const { t } = useTranslation('dossier');
  return (minutes) => {
    const units = spokenUnits(splitWorkingMinutes(minutes));
    const words = units.map((u) => t(`remaining.${u.unit}`, { count: u.amount })).join(' ');
    return t('remaining.working', { words });
  };
}

/** Where a dossier stands against its promised date; said in words, coloured as well. */
export function TimingText({ dossier }: { dossier: Timed }) {
  const { t } = useTranslation('dossier');
  const words = useWorkingTimeWords();
  const { state, timing, due_at: due, remaining_working_minutes: left } = dossier;

  if (withoutClock.includes(state)) return null;
  if (finished.includes(state)) {
    if (timing === 'overdue')
      return (
        <Chip tone="late" icon="late">
          {t('timing.finished_overdue')}
        </Chip>
      );
    if (timing === 'early' || timing === 'on_time')
      return (
        <Chip tone="good" icon="check">
          {t(`timing.finished_${timing}`)}
        </Chip>
      );
    return null;
  }
  if (timing === 'paused')
    return (
      <Chip tone="rest" icon="pause">
        {t('timing.paused')}
      </Chip>
    );
  if (!due) return null;
  if (timing === 'overdue' || (typeof left === 'number' && left < 0))
    return (
      <Chip tone="late" icon="late">
        {typeof left === 'number' && left < 0
          ? t('timing.lateBy', { time: words(left) })
          : t('timing.lateSince', { date: formatDate(due) })}
      </Chip>
    );
  if (typeof left !== 'number') return <Chip icon="clock">{t('timing.within_time')}</Chip>;
  return left <= SOON_MINUTES ? (
    <Chip tone="soon" icon="clock">
      {t('timing.left', { time: words(left) })}
    </Chip>
  ) : (
    <Chip icon="clock">{t('timing.left', { time: words(left) })}</Chip>
  );
}
