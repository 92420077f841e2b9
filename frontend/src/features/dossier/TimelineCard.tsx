import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { timelineQuery } from './api';
import css from './dossier.module.css';

/** The words for what happened; an unknown kind is told by the state it led to. */
export function useTimelineWords(): (entry: TimelineEntry) => string {
  const { t } = useTranslation('dossier');
  const word = useWord();
  return (entry) => word('dossier:event', entry.kind, t(`state.${entry.to_state}`));
}

export function TimelineCard({ id }: { id: string }) {
  const { t } = useTranslation('dossier');
  const words = useTimelineWords();
  const timeline = useQuery(timelineQuery(id));
  return (
    <Card id="timeline" title={t('timeline.title')}>
      {timeline.isPending && <Loading />}
      {timeline.isError && <ProblemNotice error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.data && (
        <ol className={css.timeline}>
          {[...timeline.data.items]
            .sort((a, b) => b.seq - a.seq)
            .map((entry) => (
              <li key={entry.id}>
                <p className={css.what}>{words(entry)}</p>
                <p className="small soft">
                  <time dateTime={entry.at}>{formatDateTime(entry.at)}</time> · {entry.actor.full_name}
                </p>
                <Detail detail={entry.detail} />
              </li>
            ))}
        </ol>
      )}
    </Card>
  );
}

/** Of a step's details, only what a person wrote; numbers and ids are for machines. */
function Detail({ detail }: { detail: unknown }) {
  const record = (detail ?? {}) as Record<string, unknown>;
  const written = ['reason', 'note', 'summary']
    .map((key) => record[key])
    .filter((v): v is string => typeof v === 'string' && v !== '');
  if (written.length === 0) return null;
  return <p className="small">{written.join(' · ')}</p>;
}
