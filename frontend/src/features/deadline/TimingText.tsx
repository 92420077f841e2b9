import { useTranslation } from 'react-i18next';
import { formatDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { spoken, wholeHours, type Left } from './remaining';
import { looks, standingOf, type Timed } from './standing';

/** The words for a stretch of working time: "3 ngày làm việc", "2 giờ 15 phút làm việc"; empty when there is none. */
export function useWorkingTimeWords(): (left: Left) => string {
  const { t } = useTranslation('dossier');
  return (left) => {
    const words = spoken(left).map((u) => t(`remaining.${u.unit}`, { count: u.amount }));
    return words.length > 0 ? t('remaining.working', { words: words.join(' ') }) : '';
  };
}

/** Where a dossier stands against its promised date, in words; empty when there is nothing to say. */
export function useStandingWords(): (dossier: Timed) => string {
  const { t } = useTranslation('dossier');
  const words = useWorkingTimeWords();
  return (dossier) => {
    const time = words(dossier);
    const standing = standingOf(dossier);
    switch (standing) {
      case 'none':
        return '';
      case 'paused':
      case 'finished_early':
      case 'finished_on_time':
      case 'finished_overdue':
        return t(`timing.${standing}`);
      case 'late':
        return time
          ? t('timing.lateBy', { time })
          : t('timing.lateSince', { date: formatDate(dossier.due_at ?? '') });
      case 'soon':
      case 'within':
        if (typeof dossier.remaining_working_days !== 'number') return t('timing.within_time');
        if (dossier.remaining_working_days > 0)
          return t('timing.leftDays', {
            time,
            hours: t('remaining.hours', { count: wholeHours(dossier) }),
          });
        return time ? t('timing.left', { time }) : t('timing.dueToday');
    }
  };
}

/** The same as a mark; said in words, coloured as well. */
export function TimingText({ dossier }: { dossier: Timed }) {
  const words = useStandingWords()(dossier);
  if (!words) return null;
  return <Chip {...looks[standingOf(dossier)]}>{words}</Chip>;
}
