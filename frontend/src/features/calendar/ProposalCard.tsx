import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { proposalQuery } from './api';
import css from './proposal.module.css';
import { FIRST_YEAR, LAST_YEAR, waiting } from './proposal';
import { ProposalForm } from './ProposalForm';

/** A year's days off as the law has them, until a person has entered them from the year's notice. */
export function ProposalCard({ year, mayEnter }: { year: number; mayEnter: boolean }) {
  const { t } = useTranslation('catalogue');
  const proposal = useQuery(proposalQuery(year));
  const [entered, setEntered] = useState<number | null>(null);
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  return (
    <Card id="proposal" title={t('calendar.proposal.title', { year })}>
      <div className={css.stack}>
        {proposal.isPending && <Loading rows={6} />}
        {proposal.isError && <ProblemNotice error={proposal.error} onRetry={() => void proposal.refetch()} />}
        {entered !== null && (
          <Notice tone="good" live title={t('calendar.enter.done', { number: entered })} />
        )}
        {proposal.data && (
          <>
            <Standing proposal={proposal.data} />
            {!isFirst(proposal.data) && (
              <ProposalForm
                // What was entered is no longer to be entered: the rest is begun anew.
                key={`${year} ${entered}`}
                proposal={proposal.data}
                mayEnter={mayEnter}
                onEntered={setEntered}
              />
            )}
            <Notes proposal={proposal.data} />
          </>
        )}
      </div>
    </Card>
  );
}

/** The years before it come first. */
const isFirst = (p: Proposal) => !p.within_calendar && !p.extends_to;

function Standing({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('catalogue');
  const { year } = proposal;
  const last = formatDate(proposal.calendar_last_day);
  if (isFirst(proposal)) {
    const next = Number(proposal.calendar_last_day.slice(0, 4)) + 1;
    return (
      <Notice
        tone="soon"
        title={t('calendar.proposal.first', { last, year: next })}
        foot={
          next < year && (
            <Link to="/calendar" search={{ year: next }}>
              {t('calendar.proposal.open', { year: next })}
            </Link>
          )
        }
      />
    );
  }
  const open = waiting(proposal);
  if (open.days === 0 && open.choices === 0)
    return <Notice tone="good">{t('calendar.proposal.done', { year })}</Notice>;
  return (
    <Notice tone="soon" title={t('calendar.proposal.provisional', { year })}>
      <p>
        {proposal.extends_to
          ? t('calendar.proposal.extends', { last, to: formatDate(proposal.extends_to), year })
          : t('calendar.proposal.within')}
      </p>
    </Notice>
  );
}

function Notes({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('catalogue');
  if (proposal.notes.length === 0) return null;
  return (
    <section aria-labelledby="proposal-notes">
      <h3 id="proposal-notes">{t('calendar.proposal.notes')}</h3>
      <ul className={css.notes}>
        {proposal.notes.map((note) => (
          <li key={note.text}>
            {note.text} <span className="small soft">{note.source}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A year that waits for its notice: said at the head of its own page and of this year's, with the way to it. */
export function WaitingNotice({ year, here }: { year: number; here?: boolean }) {
  const { t } = useTranslation('catalogue');
  const proposal = useQuery(proposalQuery(year)).data;
  if (!proposal || isFirst(proposal)) return null;
  const open = waiting(proposal);
  if (open.days === 0 && open.choices === 0) return null;
  return (
    <Notice
      tone="soon"
      title={t('calendar.proposal.hint', { year })}
      foot={
        <Link to="/calendar" search={{ year }} hash={here ? 'proposal-title' : undefined}>
          {t('calendar.proposal.open', { year })}
        </Link>
      }
    />
  );
}
