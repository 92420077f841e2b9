import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { serverNow } from '@/shared/api/session';
import { localDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import css from './calendar.module.css';
import { EnterForm } from './EnterForm';
import { HoursCard } from './HoursCard';
import { shiftMonth } from './month';
import { MonthCard } from './MonthCard';
import { usePlan } from './plan';
import { ProposalCard, WaitingNotice } from './ProposalCard';
import { TryCard } from './TryCard';
import { VersionsCard } from './VersionsCard';
import { viewOf, type CalendarSearch, type CalendarView } from './year';
import { YearCard } from './YearCard';

/** The days of a year or a month: which of them count, when the centre works and serves, and by which text. */
export function CalendarScreen(props: {
  search: CalendarSearch;
  /** Goes to another address of this page; `stay` keeps the place one has scrolled to, and leaves no trace. */
  onGo: (search: CalendarSearch, stay?: boolean) => void;
}) {
  const { t } = useTranslation('catalogue');
  const today = localDate(serverNow());
  const thisYear = Number(today.slice(0, 4));
  const view = viewOf(props.search, today);
  const me = useQuery(meQuery()).data;
  const mayTry = me?.permissions.includes('deadlines.simulate') ?? false;
  const mayEnter = me?.permissions.includes('calendar.manage') ?? false;
  const proposed = mayTry && view.kind === 'year' && view.year > thisYear ? view.year : null;
  const plan = usePlan();
  const trying = mayTry ? { tried: plan.tried, onTried: plan.setTried } : undefined;
  const turn = (by: number) => props.onGo(turned(view, by));
  return (
    <Page
      title={t('calendar.title')}
      lead={t('calendar.lead')}
      aside={
        <div className={css.tools}>
          <nav className={css.views} aria-label={t('calendar.views')}>
            <Button
              variant={view.kind === 'year' ? 'filled' : 'default'}
              renderRoot={(root) => (
                <Link
                  {...root}
                  to="/calendar"
                  search={view.kind === 'year' ? props.search : { year: Number(view.month.slice(0, 4)) }}
                  aria-current={view.kind === 'year' ? 'page' : undefined}
                />
              )}
            >
              {t('calendar.wholeYear')}
            </Button>
            <Button
              variant={view.kind === 'month' ? 'filled' : 'default'}
              renderRoot={(root) => (
                <Link
                  {...root}
                  to="/calendar"
                  search={{ month: view.kind === 'month' ? view.month : view.day.slice(0, 7) }}
                  aria-current={view.kind === 'month' ? 'page' : undefined}
                />
              )}
            >
              {t('calendar.oneMonth')}
            </Button>
          </nav>
          <Button variant="default" leftSection={<Icon name="left" size={16} />} onClick={() => turn(-1)}>
            {t(view.kind === 'month' ? 'calendar.previous' : 'calendar.previousYear')}
          </Button>
          <Button variant="default" rightSection={<Icon name="right" size={16} />} onClick={() => turn(1)}>
            {t(view.kind === 'month' ? 'calendar.next' : 'calendar.nextYear')}
          </Button>
        </div>
      }
    >
      {proposed && <WaitingNotice year={proposed} here />}
      {mayTry && view.kind === 'year' && view.year === thisYear && <WaitingNotice year={thisYear + 1} />}
      {view.kind === 'month' ? (
        <MonthCard month={view.month} trying={trying} />
      ) : (
        <YearCard
          year={view.year}
          day={view.day}
          trying={trying}
          onDay={(day) => props.onGo({ year: view.year, day }, true)}
        />
      )}
      {proposed && <ProposalCard key={proposed} year={proposed} mayEnter={mayEnter} />}
      {mayTry && <HoursCard plan={plan} />}
      {mayTry && <TryCard plan={plan} />}
      {mayEnter && <EnterForm plan={plan} />}
      {mayTry && <VersionsCard />}
    </Page>
  );
}

/** The month or the year before or after. */
const turned = (view: CalendarView, by: number): CalendarSearch =>
  view.kind === 'month' ? { month: shiftMonth(view.month, by) } : { year: view.year + by };
