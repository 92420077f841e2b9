import { useTranslation } from 'react-i18next';
import { formatDate, formatTime, toVietnamInstant } from '@/shared/ui/format';
import type { Story, StoryMark } from './story';

/** An instant as it is written in a table: time and date; of a whole day the date. */
export function instantWords(at: number, wholeDay = false): string {
  const iso = toVietnamInstant(new Date(at));
  return wholeDay ? formatDate(iso) : `${formatTime(iso)} ${formatDate(iso)}`;
}

/** What stands over a mark of the drawing: short, the year only where the line crosses into another. */
export function useMarkWords(story: Story): (mark: StoryMark) => string {
  const { t } = useTranslation('dossier');
  const year = (at: number) => toVietnamInstant(new Date(at)).slice(0, 4);
  const withYear = year(story.from) !== year(story.to);
  return (mark) => {
    const words = instantWords(mark.at, mark.wholeDay);
    return `${t(`line.marks.${mark.kind}`)} ${withYear ? words : words.replace(/\/\d{4}$/, '')}`;
  };
}
