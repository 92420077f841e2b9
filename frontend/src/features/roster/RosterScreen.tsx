import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centresQuery } from '@/features/account/api';
import { addDays } from '@/features/calendar/year';
import { organisationQuery } from '@/features/centre/api';
import { serverNow } from '@/shared/api/session';
import type { Duty, Me, UncoveredShift } from '@/shared/api/types';
import { localDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Notice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { AbsenceDialog } from './AbsenceDialog';
import { AbsencesCard } from './AbsencesCard';
import { DutyDialog } from './DutyDialog';
import type { AbsenceForm, PlanForm } from './forms';
import { GapsCard } from './GapsCard';
import { LeaveCard } from './LeaveCard';
import { OwnCard } from './OwnCard';
import { PlanDialog } from './PlanDialog';
import css from './roster.module.css';
import { SettingsCard } from './SettingsCard';
import { timesOf } from './useWords';
import { expectedAt, mondayOf, type RosterSearch } from './week';
import { WeekCard } from './WeekCard';

/** What is being asked in a dialog. */
type Asked =
  | { what: 'plan'; preset: Partial<PlanForm> }
  | { what: 'duty'; id: string; date: string; counter: string; times: string }
  | { what: 'absence'; preset: Partial<AbsenceForm> };

/** What was done, to be told in whatever language the page has by then. */
type Said =
  | { what: 'planned' | 'absent'; count: number }
  | { what: 'stoodIn' | 'cancelled' | 'served' | 'absenceCancelled' | 'corrected' };

/** Who is at which counter when, who is away and stands in, what stands empty, and the leave that service earns. */
export function RosterScreen({ me, search }: { me: Me; search: RosterSearch }) {
  const { t } = useTranslation('roster');
  const reads = me.permissions.includes('roster.read');
  const plans = me.permissions.includes('roster.plan');
  const today = localDate(serverNow());
  const monday = mondayOf(search.week, today);
  const centre = useQuery({ ...centresQuery(), enabled: reads }).data?.items[0]?.id ?? '';
  const organisation = useQuery(organisationQuery(centre)).data;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const told = useRef<HTMLDivElement>(null);
  // What one has pressed may be gone with what was done: the focus then goes to what is told of it.
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => {
      const at = document.activeElement;
      if (!at || at === document.body) told.current?.focus();
    }, 100);
    return () => clearTimeout(timer);
  }, [said]);
  const ask = (what: Asked) => {
    setSaid(null);
    setAsked(what);
  };
  const done = (what: Said) => {
    setAsked(null);
    setSaid(what);
  };
  const absent = (duty: Duty) =>
    ask({
      what: 'absence',
      preset: { user: expectedAt(duty).id, first: duty.date, last: duty.date, kind: 'annual_leave' },
    });
  const fill = (gap: UncoveredShift) => {
    if (gap.duty_id)
      ask({
        what: 'duty',
        id: gap.duty_id,
        date: gap.date,
        counter: gap.counter_name ?? '',
        times: timesOf(gap),
      });
    else
      ask({
        what: 'plan',
        preset: {
          counter: gap.counter_id ?? '',
          kind: gap.kind,
          first: gap.date,
          last: gap.date,
          from: gap.from.slice(0, 5),
          to: gap.to.slice(0, 5),
        },
      });
  };
  const words = (of: Said) => {
    if (!('count' in of)) return t(`said.${of.what}`);
    return of.what === 'absent' && of.count === 0
      ? t('said.absentNone')
      : t(`said.${of.what}`, { count: of.count });
  };
  const week = (to: string) => (root: object) => <Link {...root} to="/roster" search={{ week: to }} />;
  return (
    <Page
      title={t('title')}
      lead={t(reads ? 'lead' : 'leadOwn')}
      aside={
        <div className={css.tools}>
          <nav className={css.tools} aria-label={t('weeks')}>
            <Button
              variant="default"
              leftSection={<Icon name="left" size={16} />}
              renderRoot={week(addDays(monday, -7))}
            >
              {t('previous')}
            </Button>
            <Button variant="default" renderRoot={week(mondayOf(undefined, today))}>
              {t('this')}
            </Button>
            <Button
              variant="default"
              rightSection={<Icon name="right" size={16} />}
              renderRoot={week(addDays(monday, 7))}
            >
              {t('next')}
            </Button>
          </nav>
        </div>
      }
    >
      <div ref={told} tabIndex={-1} className={css.told} aria-live="polite">
        {said && <Notice tone="good" title={words(said)} />}
      </div>
      {plans && (
        <div className={css.tools}>
          <Button
            leftSection={<Icon name="plus" size={16} />}
            aria-haspopup="dialog"
            onClick={() => ask({ what: 'plan', preset: {} })}
          >
            {t('plan')}
          </Button>
          <Button
            variant="default"
            aria-haspopup="dialog"
            onClick={() => ask({ what: 'absence', preset: {} })}
          >
            {t('enterAbsence')}
          </Button>
        </div>
      )}
      {!plans && <OwnCard me={me} plans={plans} />}
      {/* Without counters nothing can stand empty, and to say that all is well would mislead. */}
      {reads && organisation?.counters.length !== 0 && <GapsCard plans={plans} onFill={fill} />}
      <WeekCard
        monday={monday}
        me={me.id}
        reads={reads}
        plans={plans}
        administers={me.permissions.includes('organisation.manage')}
        organisation={organisation}
        onOpen={(entry, row) => {
          if (entry.kind === 'gap') fill(entry.gap);
          else
            ask({
              what: 'duty',
              id: entry.duty.id,
              date: entry.duty.date,
              counter: row.name,
              times: timesOf(entry.duty),
            });
        }}
      />
      {plans && <OwnCard me={me} plans={plans} />}
      <AbsencesCard plans={plans} onCancelled={() => setSaid({ what: 'absenceCancelled' })} />
      <LeaveCard
        me={me}
        plans={plans}
        onTake={(user) => ask({ what: 'absence', preset: { user: user.id, kind: 'compensatory' } })}
        onCorrected={() => setSaid({ what: 'corrected' })}
      />
      {plans && <SettingsCard />}
      {asked?.what === 'plan' && (
        <PlanDialog
          organisation={organisation}
          preset={asked.preset}
          onClose={() => setAsked(null)}
          onDone={(count) => done({ what: 'planned', count })}
        />
      )}
      {asked?.what === 'duty' && (
        <DutyDialog
          {...asked}
          me={me}
          plans={plans}
          onClose={() => setAsked(null)}
          onDone={(what) => done({ what })}
          onAbsent={absent}
        />
      )}
      {asked?.what === 'absence' && (
        <AbsenceDialog
          preset={asked.preset}
          onClose={() => setAsked(null)}
          onDone={(count) => done({ what: 'absent', count })}
        />
      )}
    </Page>
  );
}
