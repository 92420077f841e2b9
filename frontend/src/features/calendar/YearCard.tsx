import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/shared/api/session';
import type { CalendarDay } from '@/shared/api/types';
import { formatSpokenDate, formatWeekday, localDate } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { daysQuery } from './api';
import type { Trying } from './day';
import { DayDetails } from './DayDetails';
import { DayMark, Legend } from './Legend';
import type { Tried } from './tried';
import { addDays, markOf, monthsOf, movedBy, weekdayOf, weeksOf } from './year';
import css from './year.module.css';

/** Twelve small months; the day that is chosen stands beside them with its hours and its source. */
export function YearCard(props: {
  year: number;
  day: string;
  trying?: Trying;
  onDay: (day: string) => void;
}) {
  const { t } = useTranslation('catalogue');
  const { year, day } = props;
  const days = useQuery(daysQuery(`${year}-01-01`, `${year}-12-31`));
  const months = useRef<HTMLDivElement>(null);
  // Narrow screens have no room beside: the details stand under the month that is looked at.
  const beside = useMediaQuery('(min-width: 56rem)') ?? true;
  // One stop for the Tab key in the whole year, from which the arrow keys lead on.
  const [stop, setStop] = useState(day);
  const reached = stop.startsWith(`${year}-`) ? stop : day;
  const onKeyDown = (e: KeyboardEvent<HTMLDivElement>) => {
    const from = (e.target as HTMLElement).dataset.date;
    const to = from && !e.altKey && !e.ctrlKey && !e.metaKey ? movedBy(e.key, from) : undefined;
    if (!to) return;
    e.preventDefault();
    setStop(to);
    months.current?.querySelector<HTMLElement>(`[data-date="${to}"]`)?.focus();
  };
  const byDate = new Map(days.data?.items.map((d) => [d.date, d]));
  const chosen = byDate.get(day);
  const details = chosen && <DayDetails day={chosen} trying={props.trying} />;
  return (
    <Card id="year" title={t('calendar.year.title', { year })}>
      {days.isPending && <Loading rows={14} />}
      {days.isError && <ProblemNotice error={days.error} onRetry={() => void days.refetch()} />}
      {days.data && (
        <>
          <Legend trying={props.trying !== undefined} />
          <p id="year-keys" className="small soft">
            {t('calendar.year.keys')}
          </p>
          <div className={css.year} data-beside={beside || undefined}>
            {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the buttons inside take the keys */}
            <div ref={months} className={css.months} onKeyDown={onKeyDown}>
              {monthsOf(year).map((month) => (
                <Month
                  key={month}
                  month={month}
                  days={byDate}
                  chosen={day}
                  stop={reached}
                  tried={props.trying?.tried ?? {}}
                  onDay={(next) => {
                    setStop(next);
                    props.onDay(next);
                  }}
                >
                  {!beside && day.startsWith(month) && details}
                </Month>
              ))}
            </div>
            {beside && <div className={css.side}>{details}</div>}
          </div>
        </>
      )}
    </Card>
  );
}

function Month(props: {
  month: string;
  days: Map<string, CalendarDay>;
  chosen: string;
  stop: string;
  tried: Tried;
  onDay: (day: string) => void;
  children: ReactNode;
}) {
  const { t, i18n } = useTranslation('catalogue');
  const today = localDate(serverNow());
  const [year, number] = props.month.split('-');
  // Any Monday will do for the names of the weekdays.
  const monday = addDays(`${props.month}-01`, -weekdayOf(`${props.month}-01`));
  const id = `month-${props.month}`;
  return (
    <div className={css.month}>
      <h3 id={id}>
        <Link to="/calendar" search={{ month: props.month }}>
          {t('calendar.month', { month: Number(number), year })}
        </Link>
      </h3>
      <table className={css.table} aria-labelledby={id} aria-describedby="year-keys">
        <thead>
          <tr>
            {weekdays.map((weekday, i) => (
              <th key={weekday} scope="col">
                <span aria-hidden="true">{t(`calendar.weekdayShort.${weekday}`)}</span>
                <span className="sr-only">{formatWeekday(addDays(monday, i), i18n.language)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(props.month).map((week, i) => (
            <tr key={week.find((d) => d !== null) ?? i}>
              {week.map((date, column) => {
                const day = date === null ? undefined : props.days.get(date);
                return (
                  <td key={weekdays[column]}>
                    {day && (
                      <DayButton
                        day={day}
                        chosen={day.date === props.chosen}
                        today={day.date === today}
                        stop={day.date === props.stop}
                        tried={props.tried[day.date]}
                        onChoose={() => props.onDay(day.date)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {props.children}
    </div>
  );
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function DayButton(props: {
  day: CalendarDay;
  chosen: boolean;
  today: boolean;
  stop: boolean;
  tried?: Tried[string];
  onChoose: () => void;
}) {
  const { t, i18n } = useTranslation('catalogue');
  const { day } = props;
  const mark = markOf(day);
  const words = [
    // The number on the button is a word of its name.
    formatSpokenDate(day.date, i18n.language),
    t(`calendar.marks.${mark}`),
    day.name,
    day.provisional && t('calendar.marks.provisional'),
    props.tried && t('calendar.marks.tried'),
  ];
  return (
    <button
      type="button"
      className={css.day}
      data-date={day.date}
      data-mark={mark}
      data-provisional={day.provisional || undefined}
      data-tried={props.tried}
      aria-label={words.filter(Boolean).join(', ')}
      aria-pressed={props.chosen}
      aria-current={props.today ? 'date' : undefined}
      tabIndex={props.stop ? 0 : -1}
      onClick={props.onChoose}
    >
      <span>{Number(day.date.slice(8))}</span>
      <DayMark mark={mark} provisional={day.provisional} />
    </button>
  );
}
