import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/shared/api/session';
import type { Duty, Me } from '@/shared/api/types';
import { localDate } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { comingQuery } from './api';
import css from './roster.module.css';
import { timesOf, useWords } from './useWords';
import { expectedAt } from './week';

/** When one is at which counter oneself. Who plans and is never at one is not told so. */
export function OwnCard({ me, plans }: { me: Me; plans: boolean }) {
  const { t } = useTranslation('roster');
  const coming = useQuery(comingQuery(me.id, localDate(serverNow())));
  const items = coming.data?.items.filter((d) => !d.cancelled) ?? [];
  if (plans && items.length === 0) return null;
  return (
    <Card id="own-duties" title={t('own.title')}>
      {coming.isPending && <Loading rows={3} />}
      {coming.isError && <ProblemNotice error={coming.error} onRetry={() => void coming.refetch()} />}
      {coming.data && items.length === 0 && <p className="soft">{t('own.none')}</p>}
      <ul className={`plain ${css.own}`}>
        {items.map((duty) => (
          <Line key={duty.id} duty={duty} me={me.id} />
        ))}
      </ul>
    </Card>
  );
}

function Line({ duty, me }: { duty: Duty; me: string }) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const there = expectedAt(duty).id === me;
  const name = duty.user.full_name;
  const how = there
    ? duty.stand_in
      ? t('own.standsIn', { name })
      : t('own.planned')
    : duty.user.id === me
      ? t('own.replaced', { name: duty.stand_in?.full_name ?? '' })
      : t('own.substitute', { name });
  return (
    <li data-there={there || undefined}>
      <p>
        <strong>{words.Day(duty.date)}</strong>, {timesOf(duty)}, {duty.counter_name}
      </p>
      <p className="small soft">
        {how}
        {duty.kind === 'service' && ` · ${t('own.service')}`}
      </p>
      {there && duty.away && (
        <Chip tone="soon" icon="late">
          {t('own.away')}
        </Chip>
      )}
    </li>
  );
}
