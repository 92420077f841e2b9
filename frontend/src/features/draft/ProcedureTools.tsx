import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { Procedure } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { useBeginDraft } from './api';
import css from './draft.module.css';
import { EndDialog } from './EndDialog';
import { PublishedNotice } from './PublishedNotice';

/** What an administrator can do with a procedure, and what has become of it. */
export function ProcedureTools({ procedure: p }: { procedure: Procedure }) {
  const { t } = useTranslation('draft');
  const navigate = useNavigate();
  const me = useQuery(meQuery()).data;
  const begin = useBeginDraft();
  const [ending, setEnding] = useState(false);
  const [lastDay, setLastDay] = useState('');
  const admin = me?.roles.some((r) => r.role === 'admin') ?? false;
  return (
    <>
      <PublishedNotice />
      {lastDay !== '' && <Notice tone="good" live title={t('end.done', { date: formatDate(lastDay) })} />}
      {p.ending_decision && p.in_force_to && lastDay === '' && (
        <Notice tone="soon" title={t('facts.ended', { date: formatDate(p.in_force_to) })} />
      )}
      {begin.isError && <ProblemNotice error={begin.error} />}
      {admin && (
        <div className={css.tools}>
          <Button
            variant="default"
            loading={begin.isPending}
            onClick={() =>
              begin.mutate(p.code, {
                onSuccess: (id) => void navigate({ to: '/catalogue-drafts/$id', params: { id } }),
              })
            }
          >
            {t('begin')}
          </Button>
          {!p.ending_decision && (
            <Button variant="default" onClick={() => setEnding(true)}>
              {t('end.open')}
            </Button>
          )}
        </div>
      )}
      {ending && (
        <EndDialog
          code={p.code}
          version={p.version}
          onClose={() => setEnding(false)}
          onDone={(day) => {
            setEnding(false);
            setLastDay(day);
          }}
        />
      )}
    </>
  );
}
