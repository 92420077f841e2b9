import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/shared/api/session';
import type { UncoveredShift } from '@/shared/api/types';
import { formatDate, localDate } from '@/shared/ui/format';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { uncoveredQuery } from './api';
import css from './roster.module.css';
import { timesOf, useWords } from './useWords';
import { byDate } from './week';

/** How many stand there before the rest is asked for. */
const FEW = 6;

/** Where counters will stand empty in the coming days, each with the way to fill it. */
export function GapsCard(props: { plans: boolean; onFill: (gap: UncoveredShift) => void }) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const gaps = useQuery(uncoveredQuery());
  const [all, setAll] = useState(false);
  if (gaps.isPending || gaps.isError || gaps.data.items.length === 0)
    return (
      <Card id="gaps" title={t('gaps.title')}>
        {gaps.isPending && <Loading rows={2} />}
        {gaps.isError && <ProblemNotice error={gaps.error} onRetry={() => void gaps.refetch()} />}
        {gaps.data && (
          <Notice tone="good">
            {t('gaps.none', { from: formatDate(gaps.data.from), to: formatDate(gaps.data.to) })}
          </Notice>
        )}
      </Card>
    );
  const { items, from, to } = gaps.data;
  const today = items.filter((g) => g.date === localDate(serverNow())).length;
  const shown = all ? items : items.slice(0, FEW);
  return (
    <Card id="gaps" title={t('gaps.title')}>
      <div className={css.stack}>
        <Notice
          tone={today > 0 ? 'late' : 'soon'}
          title={today > 0 ? t('gaps.today', { count: today }) : t('gaps.count', { count: items.length })}
        >
          {t('gaps.lead', { from: formatDate(from), to: formatDate(to) })}
        </Notice>
        {byDate(shown).map(([date, of]) => (
          <div key={date}>
            <h3>{words.Day(date)}</h3>
            <ul className={`plain ${css.gaps}`}>
              {of.map((gap) => (
                <Line
                  key={`${gap.from} ${gap.counter_id} ${gap.duty_id}`}
                  gap={gap}
                  plans={props.plans}
                  onFill={() => props.onFill(gap)}
                />
              ))}
            </ul>
          </div>
        ))}
        {items.length > FEW && (
          <div>
            <Button variant="default" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('gaps.less') : t('gaps.more', { count: items.length })}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function Line({ gap, plans, onFill }: { gap: UncoveredShift; plans: boolean; onFill: () => void }) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const times = timesOf(gap);
  const what = !gap.counter_id
    ? t('gaps.centre', { times })
    : t(gap.kind === 'service' ? 'gaps.service' : 'gaps.counted', { counter: gap.counter_name ?? '', times });
  const whole = `${words.day(gap.date)}, ${what}`;
  return (
    <li>
      <div>
        <p>{what}</p>
        <p className="small soft">
          {t(`gaps.reason.${gap.reason}`, { name: gap.user?.full_name ?? '' })}{' '}
          {gap.substitute && t('gaps.substitute', { name: gap.substitute.full_name })}
        </p>
      </div>
      {plans && (
        <Button
          size="compact-md"
          variant="default"
          aria-haspopup="dialog"
          aria-label={t(gap.duty_id ? 'gaps.standInOf' : 'gaps.planOf', { what: whole })}
          onClick={onFill}
        >
          {t(gap.duty_id ? 'gaps.standIn' : 'gaps.plan')}
        </Button>
      )}
    </li>
  );
}
