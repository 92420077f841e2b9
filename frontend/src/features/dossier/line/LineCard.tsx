import { useElementSize } from '@mantine/hooks';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysQuery } from '@/features/calendar/api';
import { serverNow } from '@/shared/api/session';
import type { Dossier } from '@/shared/api/types';
import { formatDate, toVietnamInstant } from '@/shared/ui/format';
import { Disclosure, Loading, Notice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { timelineQuery } from '../api';
import { daysBetween, partsOf, scaleOf } from './layout';
import { LineDrawing, LineLegend } from './LineDrawing';
import { LineTable } from './LineTable';
import { lineDays, storyOf, type Story } from './story';
import css from './line.module.css';

/** The server tells the days of a year at a time; a line of more years than this is drawn without rest days. */
const MOST_DAYS = 366;
const MOST_PARTS = 4;
/** A calendar changes a few times a year. */
const CALENDAR_STALE_MS = 300_000;

/** The dossier's dates, steps and pauses along its working days; a table says the same. */
export function LineCard({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const timeline = useQuery(timelineQuery(dossier.id));
  const now = serverNow().getTime();
  // Without its steps the line still tells the dates.
  const story =
    timeline.isPending && !timeline.data ? undefined : storyOf(dossier, timeline.data?.items ?? [], now);
  if (story === null) return null;
  return (
    <Card id="line" title={t('line.title')}>
      {story ? <Line dossier={dossier} story={story} now={now} /> : <Loading rows={3} />}
    </Card>
  );
}

function Line({ dossier, story, now }: { dossier: Dossier; story: Story; now: number }) {
  const { t } = useTranslation('dossier');
  const [open, setOpen] = useState(false);
  const { ref: measured, width: room } = useElementSize();
  const frame = useRef<HTMLDivElement>(null);
  const dates = daysBetween(story.from, story.to);
  const parts = partsOf(dates, MOST_DAYS);
  const answers = useQueries({
    queries: (parts.length > MOST_PARTS ? [] : parts).map((p) => ({
      ...daysQuery(p.from, p.to, dossier.centre.id),
      staleTime: CALENDAR_STALE_MS,
    })),
  });
  const known = answers.flatMap((a) => a.data?.items ?? []);
  const whole = known.length === dates.length;
  const waiting = answers.some((a) => a.isPending);
  const scale = scaleOf(lineDays(dates, known), room);
  const drawn = room > 0 && !waiting;
  // What matters most is where one stands now.
  const focus = scale.x(Math.min(now, story.to));
  const wide = drawn && scale.width > room + 1;
  useEffect(() => {
    if (wide && frame.current) frame.current.scrollLeft = Math.max(0, focus - room * 0.6);
    // Once, when it is drawn: later the place belongs to whoever scrolls.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wide, dossier.id]);
  const ends = {
    from: formatDate(toVietnamInstant(new Date(story.from))),
    to: formatDate(toVietnamInstant(new Date(story.to))),
  };
  return (
    <div className={css.stack}>
      <div ref={measured}>
        {!drawn ? (
          <Loading rows={3} />
        ) : (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide drawing must be scrollable by key
          <div ref={frame} className={css.frame} role="group" aria-labelledby="line-title" tabIndex={0}>
            <LineDrawing story={story} scale={scale} label={t('line.drawing', ends)} />
          </div>
        )}
      </div>
      <LineLegend story={story} scale={scale} />
      {story.runs.length > 0 && <p className="small soft">{t('workflow.apart')}</p>}
      {!waiting && !whole && <Notice title={t('line.daysUnknown')} />}
      <Disclosure summary={t('line.asTable')} open={open} onToggle={setOpen}>
        {open && <LineTable story={story} scale={scale} known={whole} />}
      </Disclosure>
    </div>
  );
}
