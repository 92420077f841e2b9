import { Button } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { api, unwrap } from '@/shared/api/client';
import { serverNow } from '@/shared/api/session';
import type { CalendarDay } from '@/shared/api/types';
import { formatDate, formatWeekday, localDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { EnterForm } from './EnterForm';
import { monthDays, monthFrom, shiftMonth } from './month';
import { TryCard } from './TryCard';
import { toggled, type Tried } from './tried';
import { VersionsCard } from './VersionsCard';

const daysQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['calendar', from, to],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/calendar/days', { params: { query: { from, to } }, signal })),
  });

/** The days of a month: which of them count, when the centre works and serves, and by which text. */
export function CalendarScreen(props: { month?: string; onMonth: (month: string) => void }) {
  const { t, i18n } = useTranslation('catalogue');
  const month = monthFrom(props.month) ?? localDate(serverNow()).slice(0, 7);
  const { from, to } = monthDays(month);
  const days = useQuery(daysQuery(from, to));
  const me = useQuery(meQuery()).data;
  const mayTry = me?.permissions.includes('deadlines.simulate') ?? false;
  const mayEnter = me?.permissions.includes('calendar.manage') ?? false;
  const [tried, setTried] = useState<Tried>({});
  const [year, number] = month.split('-');
  return (
    <Page
      title={t('calendar.title')}
      lead={t('calendar.lead')}
      aside={
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
          <Button
            variant="default"
            leftSection={<Icon name="left" size={16} />}
            onClick={() => props.onMonth(shiftMonth(month, -1))}
          >
            {t('calendar.previous')}
          </Button>
          <Button
            variant="default"
            rightSection={<Icon name="right" size={16} />}
            onClick={() => props.onMonth(shiftMonth(month, 1))}
          >
            {t('calendar.next')}
          </Button>
        </div>
      }
    >
      <Card id="month" title={t('calendar.month', { month: Number(number), year })}>
        {days.isPending && <Loading rows={10} />}
        {days.isError && <ProblemNotice error={days.error} onRetry={() => void days.refetch()} />}
        {days.data && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="month-title" tabIndex={0}>
            <table className={`${ui.table} ${ui.wide}`}>
              <thead>
                <tr>
                  <th scope="col">{t('calendar.day')}</th>
                  {mayTry && <th scope="col">{t('calendar.try.column')}</th>}
                  <th scope="col">{t('calendar.kind')}</th>
                  <th scope="col">{t('calendar.shifts')}</th>
                  <th scope="col">{t('calendar.source')}</th>
                </tr>
              </thead>
              <tbody>
                {days.data.items.map((day) => (
                  <tr key={day.date}>
                    <td style={{ whiteSpace: 'nowrap' }}>
                      <strong>{formatDate(day.date)}</strong>{' '}
                      <span className="soft">{formatWeekday(day.date, i18n.language)}</span>
                    </td>
                    {mayTry && (
                      <td>
                        <Button
                          size="compact-sm"
                          variant={tried[day.date] ? 'filled' : 'default'}
                          aria-pressed={tried[day.date] !== undefined}
                          aria-label={t(day.working ? 'calendar.try.off' : 'calendar.try.work', {
                            date: formatDate(day.date),
                          })}
                          onClick={() => setTried(toggled(tried, day.date, day.working))}
                        >
                          {t(day.working ? 'calendar.try.offShort' : 'calendar.try.workShort')}
                        </Button>
                      </td>
                    )}
                    <td>
                      <Kind day={day} />
                    </td>
                    <td style={{ whiteSpace: 'nowrap' }}>
                      <Shifts day={day} />
                    </td>
                    <td className="small soft">{day.source}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {mayTry && <TryCard tried={tried} onClear={() => setTried({})} />}
      {mayEnter && <EnterForm tried={tried} onEntered={() => setTried({})} />}
      {mayTry && <VersionsCard />}
    </Page>
  );
}

function Kind({ day }: { day: CalendarDay }) {
  const { t } = useTranslation('catalogue');
  return (
    <Chip tone={day.working ? 'good' : 'plain'} icon={day.working ? 'check' : 'cross'}>
      {t(`calendar.kinds.${day.kind}`)}
    </Chip>
  );
}

function Shifts({ day }: { day: CalendarDay }) {
  const { t } = useTranslation('catalogue');
  const words = (shifts: CalendarDay['shifts']) =>
    shifts.map((s) => `${s.from.slice(0, 5)}–${s.to.slice(0, 5)}`).join(', ');
  if (day.shifts.length > 0) return <>{words(day.shifts)}</>;
  if (day.service_shifts.length > 0)
    return <>{t('calendar.serviceOnly', { shifts: words(day.service_shifts) })}</>;
  return <span className="soft">{t('calendar.closed')}</span>;
}
