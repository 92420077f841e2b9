import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toneOf } from '@/features/deadline/concerns';
import type { Alarm } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useAlarms } from './api';
import css from './watch.module.css';

/** What was said last of the dossiers one may see, each with the way to it. */
export function AlarmsCard() {
  const { t } = useTranslation('watch');
  const [cursor, setCursor] = useState<string>();
  const alarms = useAlarms(cursor);
  return (
    <Card id="alarms" title={t('alarms.title')}>
      <p className="small soft">{t('alarms.lead')}</p>
      {alarms.isPending && <Loading rows={4} />}
      {alarms.isError && <ProblemNotice error={alarms.error} onRetry={() => void alarms.refetch()} />}
      {alarms.data?.items.length === 0 && <p className="soft">{t('alarms.none')}</p>}
      {alarms.data && (
        <ul className={`plain ${css.alarms}`}>
          {alarms.data.items.map((alarm) => (
            <Line key={alarm.id} alarm={alarm} />
          ))}
        </ul>
      )}
      <Pager next={alarms.data?.next} prev={alarms.data?.prev} onGo={setCursor} />
    </Card>
  );
}

function Line({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation(['watch', 'dossier']);
  const tone = toneOf(alarm.concern);
  return (
    <li>
      <div className={css.alarmHead}>
        <Chip tone={tone} icon={tone === 'late' ? 'late' : tone === 'rest' ? 'pause' : 'clock'}>
          {t(`dossier:concern.${alarm.concern}`)}
        </Chip>
        <span className="small soft">{t('alarms.since', { at: formatDateTime(alarm.since) })}</span>
      </div>
      <p>
        <Link to="/dossiers/$id" params={{ id: alarm.dossier_id }} className="code">
          {alarm.code ?? t('alarms.noCode')}
        </Link>{' '}
        – {alarm.procedure_name}
      </p>
      <p className="small soft">
        {alarm.handler?.full_name ?? t('alarms.nobody', { desk: t(`dossier:desk.${alarm.desk}`) })}
      </p>
    </li>
  );
}
