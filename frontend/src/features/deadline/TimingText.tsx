import { useTranslation } from 'react-i18next';
import type { DossierState, Timing } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { isSoon, spoken, wholeHours, type Left } from './remaining';

export interface Timed extends Left {
  state: DossierState;
  timing?: Timing | null;
  due_at?: string | null;
}

const finished: DossierState[] = ['completed', 'returned'];
const withoutClock: DossierState[] = ['withdrawn', 'stopped', 'transferred', 'refused_at_intake'];

/** The words for a stretch of working time: "3 ngày làm việc", "2 giờ 15 phút làm việc"; empty when there is none. */
export function useWorkingTimeWords(): (left: Left) => string {
  const { t } = useTranslation('dossier');
  return (left) => {
    const words = spoken(left).map((u) => t(`remaining.${u.unit}`, { count: u.amount }));
    return words.length > 0 ? t('remaining.working', { words: words.join(' ') }) : '';
  };
}

/** Where a dossier stands against its promised date; said in words, coloured as well. */
export function TimingText({ dossier }: { dossier: Timed }) {
  const { t } = useTranslation('dossier');
  const words = useWorkingTimeWords();
  const { state, timing, due_at: due } = dossier;
  const time = words(dossier);

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
  if (timing === 'overdue')
    return (
      <Chip tone="late" icon="late">
        {time ? t('timing.lateBy', { time }) : t('timing.lateSince', { date: formatDate(due) })}
      </Chip>
    );
  if (typeof dossier.remaining_working_days !== 'number')
    return <Chip icon="clock">{t('timing.within_time')}</Chip>;
  const text =
    dossier.remaining_working_days > 0
      ? t('timing.leftDays', { time, hours: t('remaining.hours', { count: wholeHours(dossier) }) })
      : time
        ? t('timing.left', { time })
        : t('timing.dueToday');
  return (
    <Chip tone={isSoon(dossier) ? 'soon' : undefined} icon="clock">
      {text}
    </Chip>
  );
}
