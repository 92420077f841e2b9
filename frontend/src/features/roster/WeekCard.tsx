import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { daysQuery } from '@/features/calendar/api';
import { weekdays } from '@/features/calendar/hours';
import { markOf } from '@/features/calendar/year';
import { serverNow } from '@/shared/api/session';
import type { CalendarDay, Organisation } from '@/shared/api/types';
import { formatDate, formatWeekday, localDate } from '@/shared/ui/format';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { dutiesQuery, uncoveredQuery } from './api';
import { EntryButton, Legend } from './EntryButton';
import css from './roster.module.css';
import { useWords } from './useWords';
import { daysOfWeek, ledBy, placesOf, spotsOf, type Entry, type Place, type Row } from './week';

interface Week {
  days: string[];
  places: Place[];
  calendar: Map<string, CalendarDay>;
  me: string;
  plans: boolean;
  /** The one stop of the Tab key in the week. */
  stop?: string;
  onOpen: (entry: Entry, row: Row) => void;
}

/** The week: each counter with who is there, day by day, and what stands empty. */
export function WeekCard(props: {
  monday: string;
  me: string;
  /** May read the whole centre's. */
  reads: boolean;
  plans: boolean;
  administers: boolean;
  organisation?: Organisation;
  onOpen: (entry: Entry, row: Row) => void;
}) {
  const { t } = useTranslation('roster');
  const days = daysOfWeek(props.monday);
  const [from = '', to = ''] = [days[0], days[6]];
  const calendar = useQuery(daysQuery(from, to));
  const duties = useQuery(dutiesQuery(from, to));
  const gaps = useQuery({ ...uncoveredQuery({ from, to }), enabled: props.reads });
  const wide = useMediaQuery('(min-width: 72rem)') ?? true;
  const weekRef = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState<string>();
  const places = placesOf(days, duties.data?.items ?? [], gaps.data?.items ?? [], props.organisation);
  // Who may not plan has nothing to open where nobody was planned.
  const spots = spotsOf(days, places).filter((s) => props.plans || !s.key.startsWith('gap '));
  const stop = spots.find((s) => s.key === reached)?.key ?? spots[0]?.key;
  const onKeyDown = (e: KeyboardEvent<HTMLDivElement>) => {
    const at = (e.target as HTMLElement).dataset.entry;
    if (!at || e.altKey || e.ctrlKey || e.metaKey) return;
    const next = ledBy(e.key, at, spots);
    if (!next) return;
    e.preventDefault();
    setReached(next);
    weekRef.current?.querySelector<HTMLElement>(`[data-entry="${next}"]`)?.focus();
  };
  const week: Week = {
    days,
    places,
    calendar: new Map(calendar.data?.items.map((d) => [d.date, d])),
    me: props.me,
    plans: props.plans,
    stop,
    onOpen: (entry, row) => {
      setReached(entry.key);
      props.onOpen(entry, row);
    },
  };
  const failed = [calendar, duties, gaps].find((q) => q.isError);
  const waiting = calendar.isPending || duties.isPending || (props.reads && gaps.isPending);
  return (
    <Card id="week" title={t('week.title', { from: formatDate(from), to: formatDate(to) })}>
      {failed ? (
        <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />
      ) : waiting ? (
        <Loading rows={8} />
      ) : places.length === 0 ? (
        <Nothing {...props} />
      ) : (
        <div className={css.stack}>
          <Legend gaps={props.reads} />
          {gaps.data?.complete === false && <Notice tone="soon" title={t('week.incomplete')} />}
          {spots.length > 0 && (
            <p id="week-keys" className="small soft">
              {t('week.keys')}
            </p>
          )}
          {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the buttons inside take the keys */}
          <div ref={weekRef} onKeyDown={onKeyDown}>
            {wide ? <WeekTable {...week} /> : <WeekList {...week} />}
          </div>
        </div>
      )}
    </Card>
  );
}

function Nothing(props: { reads: boolean; administers: boolean; organisation?: Organisation }) {
  const { t } = useTranslation('roster');
  if (!props.reads) return <Empty icon="calendar" title={t('week.noneOwn')} />;
  if (props.organisation?.counters.length !== 0) return <Empty icon="calendar" title={t('week.none')} />;
  return (
    <Empty icon="calendar" title={t('week.noCounters')}>
      <p>
        {props.administers ? (
          <Link to="/organisation">{t('week.toOrganisation')}</Link>
        ) : (
          t('week.noCountersHint')
        )}
      </p>
    </Empty>
  );
}

/** What sort of day it is, where it is no plain working day. */
function DayKind({ day }: { day?: CalendarDay }) {
  const { t } = useTranslation('roster');
  if (!day) return null;
  const today = day.date === localDate(serverNow());
  const mark = markOf(day);
  const word = {
    working: null,
    weekend: 'dayOff',
    off: 'dayOff',
    makeUp: 'makeUp',
    service: 'serves',
  } as const;
  const kind = word[mark];
  return (
    <span className={css.dayKind}>
      {today && <strong>{t('week.today')}</strong>}
      {kind && <span>{t(`week.${kind}`)}</span>}
      {day.name && mark !== 'makeUp' && <span>{day.name}</span>}
    </span>
  );
}

function WeekTable(week: Week) {
  const { t, i18n } = useTranslation(['roster', 'catalogue']);
  const several = week.places.length > 1;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="week-title" tabIndex={0}>
      <table className={css.week} aria-labelledby="week-title" aria-describedby="week-keys">
        <thead>
          <tr>
            <th scope="col">{t('week.counter')}</th>
            {week.days.map((date, i) => (
              <th key={date} scope="col" data-off={week.calendar.get(date)?.working === false || undefined}>
                <span aria-hidden="true">
                  {t(`catalogue:calendar.weekdayShort.${weekdays[i] ?? 'mon'}`)}{' '}
                </span>
                <span className="sr-only">{formatWeekday(date, i18n.language)} </span>
                {formatDate(date).slice(0, 5)}
                <DayKind day={week.calendar.get(date)} />
              </th>
            ))}
          </tr>
        </thead>
        {week.places.map((place) => (
          <tbody key={place.id}>
            {several && (
              <tr>
                <th scope="rowgroup" colSpan={8} className={css.place}>
                  {place.name ?? t('week.ownHouse')}
                </th>
              </tr>
            )}
            {place.rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.id === null ? t('week.wholeCentre') : row.name}</th>
                {week.days.map((date) => (
                  <td key={date} data-off={week.calendar.get(date)?.working === false || undefined}>
                    <Entries {...week} date={date} row={row} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The same on a narrow screen: day after day, and in each the counters at which something is. */
function WeekList(week: Week) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const several = week.places.length > 1;
  return (
    <ol className={`plain ${css.list}`}>
      {week.days.map((date) => {
        const places = week.places
          .map((p) => ({ ...p, rows: p.rows.filter((r) => r.cells[date]) }))
          .filter((p) => p.rows.length > 0);
        return (
          <li key={date}>
            <h3>
              {words.Day(date)}
              <DayKind day={week.calendar.get(date)} />
            </h3>
            {places.length === 0 && <p className="small soft">{t('week.quiet')}</p>}
            {places.map((place) => (
              <Fragment key={place.id}>
                {several && <p className={css.place}>{place.name ?? t('week.ownHouse')}</p>}
                {place.rows.map((row) => (
                  <div key={row.id} className={css.listRow}>
                    <h4>{row.id === null ? t('week.wholeCentre') : row.name}</h4>
                    <Entries {...week} date={date} row={row} />
                  </div>
                ))}
              </Fragment>
            ))}
          </li>
        );
      })}
    </ol>
  );
}

function Entries(props: Week & { date: string; row: Row }) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const { row, date } = props;
  const entries = row.cells[date];
  if (!entries) return null;
  const today = localDate(serverNow());
  const where = t('week.cell', {
    day: words.Day(date),
    counter: row.id === null ? t('week.wholeCentre') : row.name,
  });
  return (
    <ul className={`plain ${css.entries}`}>
      {entries.map((entry) => (
        <li key={entry.key}>
          <EntryButton
            entry={entry}
            where={where}
            me={props.me}
            past={date < today}
            opens={props.plans || entry.kind === 'duty'}
            stop={entry.key === props.stop}
            onOpen={() => props.onOpen(entry, row)}
          />
        </li>
      ))}
    </ul>
  );
}
