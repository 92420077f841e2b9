import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/shared/api/client';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Simulation } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { ChangeList } from './ChangeList';
import { shownAtHours, type Plan } from './plan';

/** What the days and hours chosen above would do to the open dossiers. Nothing is kept by asking. */
export function TryCard({ plan }: { plan: Plan }) {
  const { t } = useTranslation('catalogue');
  const ask = useMutation({
    mutationFn: (body: Plan['change']) => unwrap(api.POST('/api/v1/deadlines/simulate', { body })),
    onMutate: () => plan.refuse(null),
    onError: (error) => plan.refuse(error),
    gcTime: 0,
  });
  // An answer to another change than the present one would mislead.
  const current = ask.variables === plan.change;
  return (
    <Card id="try" title={t('calendar.try.title')}>
      <div style={{ display: 'grid', gap: '0.75rem', padding: '1rem' }}>
        <p className="soft">{t('calendar.try.lead')}</p>
        <ChangeList plan={plan} />
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
          <Button
            loading={ask.isPending}
            disabled={plan.empty}
            onClick={() => {
              const change = plan.checked();
              if (change) ask.mutate(change);
            }}
          >
            {t('calendar.try.ask')}
          </Button>
          <Button variant="default" disabled={plan.empty} onClick={plan.clear}>
            {t('calendar.try.clear')}
          </Button>
        </div>
        {ask.isError && current && (
          <ProblemNotice
            error={ask.error}
            shown={shownAtHours(Object.keys(errorsByField(asProblem(ask.error))))}
          />
        )}
        {ask.data && current && <Answer answer={ask.data} />}
      </div>
    </Card>
  );
}

export function Answer({ answer }: { answer: Simulation }) {
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
                  <td style={{ whiteSpace: 'nowrap' }}>
                    {formatDateTime(item.new_due_at)}
                    <Effect item={item} />
                  </td>
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

/** A date that moves is one thing, no time left until the date another; a promise may suffer both. */
function Effect({ item }: { item: Simulation['items'][number] }) {
  const { t } = useTranslation('catalogue');
  const moves = item.new_due_at !== item.due_at;
  const late = item.remaining_working_minutes > 0 && item.new_remaining_working_minutes <= 0;
  return (
    <div style={{ display: 'grid', gap: '0.25rem' }}>
      {moves && (
        <Chip tone="soon" icon="calendar">
          {t('calendar.try.itemMoves')}
        </Chip>
      )}
      {late && (
        <Chip tone="late" icon="late">
          {t('calendar.try.itemLate')}
        </Chip>
      )}
    </div>
  );
}
