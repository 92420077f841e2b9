import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { FileButton } from '@/shared/ui/FileButton';
import { capital, formatDate, formatDateTime, formatVnd } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { historyDocument, timelineQuery } from './api';
import css from './dossier.module.css';

/** The words for what happened; an unknown kind is told by the state it led to. */
export function useTimelineWords(): (entry: TimelineEntry) => string {
  const { t } = useTranslation('dossier');
  const word = useWord();
  return (entry) => {
    // The payment platform says so before the money comes to the account.
    const online = entry.kind === 'fees_paid' && entry.detail?.method === 'online';
    return word('dossier:event', online ? 'fees_paid_online' : entry.kind, t(`state.${entry.to_state}`));
  };
}

/** Who did it; the program has no account. */
export function useActorName(): (entry: TimelineEntry) => string {
  const { t } = useTranslation('dossier');
  return ({ actor }) => (actor.id ? actor.full_name : t('timeline.system'));
}

export function TimelineCard({ id }: { id: string }) {
  const { t } = useTranslation('dossier');
  const words = useTimelineWords();
  const actorName = useActorName();
  const timeline = useQuery(timelineQuery(id));
  return (
    <Card
      id="timeline"
      title={t('timeline.title')}
      aside={
        <FileButton icon="print" otherwise={`qua-trinh-xu-ly-${id}.pdf`} ask={() => historyDocument(id)}>
          {t('timeline.print')}
        </FileButton>
      }
    >
      {timeline.isPending && <Loading />}
      {timeline.isError && <ProblemNotice error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.data && (
        <ol className={css.timeline}>
          {[...timeline.data.items]
            .sort((a, b) => b.seq - a.seq)
            .map((entry) => (
              <li key={entry.id}>
                <p className={css.what}>{words(entry)}</p>
                <p className="small soft">
                  <time dateTime={entry.at}>{formatDateTime(entry.at)}</time> · {actorName(entry)}
                  {substituted(entry) && ` ${t('timeline.actingFor', { name: substituted(entry) })}`}
                </p>
                <Detail entry={entry} />
              </li>
            ))}
        </ol>
      )}
    </Card>
  );
}

/** The name in a reference to a person; lines older than this kept the id alone. */
function nameIn(person: unknown): string {
  const name = (person as { full_name?: unknown } | null | undefined)?.full_name;
  return typeof name === 'string' ? name : '';
}

/** The step of the internal workflow that something began, and by when it is to be done. */
function stepBegun(step: unknown): { name: string; due: string } | null {
  const { name, due_at: due } = (step ?? {}) as { name?: unknown; due_at?: unknown };
  return typeof name === 'string' && typeof due === 'string' ? { name, due: formatDateTime(due) } : null;
}

/** For whom it was done, when by a substitute. */
const substituted = (entry: TimelineEntry): string =>
  nameIn((entry.detail as { acting_for?: unknown } | null)?.acting_for);

/** Of a step's details, what a person wrote or must know; ids, and what the step's name says already, are left out. */
function Detail({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  const record = (entry.detail ?? {}) as Record<string, unknown>;
  const text = (key: string) => (typeof record[key] === 'string' ? record[key] : '');
  const begun = stepBegun(record.step);
  const amount = record.amount_vnd;
  const parts = [
    // "to" is an authority's name here; in a handover it is a desk, which the state tells.
    entry.kind === 'transferred' && t('timeline.to', { name: text('to') }),
    text('body') && t('timeline.body', { name: text('body') }),
    typeof amount === 'number' && formatVnd(amount),
    text('settlement') && capital(word('dossier:payment', text('settlement'))),
    Array.isArray(record.changed) &&
      t('timeline.changed', {
        what: record.changed.map((part) => word('dossier:changedPart', String(part))).join(', '),
      }),
    Array.isArray(record.receipts) &&
      record.receipts.length > 0 &&
      t('timeline.receipts', { names: record.receipts.map(String).join(', ') }),
    record.taken_over_from &&
      (nameIn(record.taken_over_from)
        ? t('timeline.takenOverFrom', { name: nameIn(record.taken_over_from) })
        : t('timeline.takenOver')),
    text('new_due_on') && t('timeline.newDate', { date: formatDate(text('new_due_on')) }),
    // A refusal has codes of its own, which its words say already.
    entry.kind !== 'refused_at_intake' &&
      text('reason_code') &&
      word('dossier:lateReason', text('reason_code')),
    begun && t('timeline.stepBegun', begun),
    text('step') && t('timeline.step', { step: word('dossier:event', text('step')) }),
    ...['question', 'reply', 'reason', 'note', 'summary'].map(text),
    text('legal_ground') && t('turns.ground', { ground: text('legal_ground') }),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return <p className="small">{parts.join(' · ')}</p>;
}
