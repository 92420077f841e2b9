import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { formatDateTime } from '@/shared/ui/format';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { holdQuery, useHold } from './api';
import css from './personal.module.css';

/** Whether a dossier is kept whatever its time, and changing that. */
export function HoldCard({ id }: { id: string }) {
  const { t } = useTranslation('personal');
  const found = useQuery(holdQuery(id));
  const change = useHold(id);
  const [reason, setReason] = useState('');
  const hold = found.data?.hold;
  const problem = change.isError ? asProblem(change.error) : null;
  const errors = errorsByField(problem);
  return (
    <Card id="hold" title={t('hold.title')}>
      <div className={css.hold}>
        <p className="soft">{t('hold.lead')}</p>
        {found.isPending && <Loading rows={1} />}
        {found.isError && <ProblemNotice error={found.error} />}
        {found.data && !hold && <p>{t('hold.none')}</p>}
        {hold && (
          <Notice
            tone="soon"
            title={t('hold.since', { at: formatDateTime(hold.placed_at), name: hold.placed_by.full_name })}
          >
            {hold.reason}
          </Notice>
        )}
        {found.data && found.data.lifted.length > 0 && (
          <ul className={css.lifted} aria-label={t('hold.lifted')}>
            {found.data.lifted.map((l) => (
              <li key={l.placed_at}>
                {t('hold.wasHeld', {
                  from: formatDateTime(l.placed_at),
                  placedBy: l.placed_by.full_name,
                  reason: l.reason,
                  to: formatDateTime(l.lifted_at),
                  liftedBy: l.lifted_by.full_name,
                  because: l.lifted_because,
                })}
              </li>
            ))}
          </ul>
        )}
        {problem && <ProblemNotice error={problem} shown={['reason']} />}
        {found.data && (
          <form
            className={css.stack}
            onSubmit={(e) => {
              e.preventDefault();
              change.mutate(
                { lift: Boolean(hold), reason: reason.trim() },
                { onSuccess: () => setReason('') },
              );
            }}
          >
            <TextInput
              required
              label={t('hold.reason')}
              maxLength={500}
              value={reason}
              error={errors.reason}
              onChange={(e) => setReason(e.currentTarget.value)}
            />
            <div>
              <Button type="submit" variant="default" loading={change.isPending}>
                {hold ? t('hold.lift') : t('hold.place')}
              </Button>
            </div>
          </form>
        )}
      </div>
    </Card>
  );
}
