import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/shared/api/client';
import type { Simulation } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { changeOf, type Tried } from './tried';

/** What the days chosen above would do to the open dossiers. Nothing is kept by asking. */
export function TryCard(props: { tried: Tried; onClear: () => void }) {
  const { t } = useTranslation('catalogue');
  const ask = useMutation({
    mutationFn: (tried: Tried) => unwrap(api.POST('/api/v1/deadlines/simulate', { body: changeOf(tried) })),
    gcTime: 0,
  });
  const days = Object.keys(props.tried).sort();
  // An answer to other days than those chosen now would mislead.
  const answer = ask.variables === props.tried ? ask.data : undefined;
  return (
    <Card id="try" title={t('calendar.try.title')}>
      <div style={{ display: 'grid', gap: '0.75rem', padding: '1rem' }}>
        <p className="soft">{t('calendar.try.lead')}</p>
        {days.length > 0 && (
          <ul aria-label={t('calendar.try.chosen')}>
            {days.map((date) => (
              <li key={date}>
                {t(`calendar.try.${props.tried[date] ?? 'off'}`, { date: formatDate(date) })}
              </li>
            ))}
          </ul>
        )}
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
          <Button
            loading={ask.isPending}
            disabled={days.length === 0}
            onClick={() => ask.mutate(props.tried)}
          >
            {t('calendar.try.ask')}
          </Button>
          <Button variant="default" disabled={days.length === 0} onClick={props.onClear}>
            {t('calendar.try.clear')}
          </Button>
        </div>
        {ask.isError && ask.variables === props.tried && <ProblemNotice error={ask.error} />}
        {answer && <Answer answer={answer} />}
      </div>
    </Card>
  );
}

function Answer({ answer }: { answer: Simulation }) {
  const { t } = useTranslation('catalogue');
  return (
    <>
      <div role="status">
        <Facts
          items={[
            [t('calendar.try.checked'), String(answer.checked)],
            [t('calendar.try.moved'), String(answer.moved)],
            [t('calendar.try.late'), String(answer.late)],
          ]}
        />
      </div>
      {!answer.complete && <Notice tone="soon" title={t('calendar.try.incomplete')} />}
      {answer.items.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
        <div className={ui.tableWrap} role="group" aria-label={t('calendar.try.table')} tabIndex={0}>
          <table className={`${ui.table} ${ui.wide}`}>
            <thead>
              <tr>
                <th scope="col">{t('calendar.try.dossier')}</th>
                <th scope="col">{t('calendar.try.due')}</th>
                <th scope="col">{t('calendar.try.newDue')}</th>
                <th scope="col">{t('calendar.try.procedure')}</th>
              </tr>
            </thead>
            <tbody>
              {answer.items.map((item) => (
                <tr key={item.dossier_id}>
                  <td className="code">
                    <Link to="/dossiers/$id" params={{ id: item.dossier_id }}>
                      {item.code}
                    </Link>
                  </td>
                  <td style={{ whiteSpace: 'nowrap' }}>{formatDateTime(item.due_at)}</td>
                  <td style={{ whiteSpace: 'nowrap' }}>{formatDateTime(item.new_due_at)}</td>
                  <td style={{ minWidth: '14rem' }}>{item.procedure_name}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
