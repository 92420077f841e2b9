import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import type { Dossier, IssuedLetter } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Disclosure, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { timelineQuery, useDossierAction } from '../api';
import css from '../dossier.module.css';
import { LetterButton } from '../LetterButton';
import { issuedBy } from '../letters';
import { useActorName, useTimelineWords } from '../TimelineCard';
import { actionForms, isFormAction, type FormAction } from './forms';
import { useStillUndoable } from './useStillUndoable';

/** Exactly what this person may do with this dossier now, and why not the rest. */
export function ActionPanel({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('actions');
  const word = useWord();
  const [open, setOpen] = useState<FormAction | null>(null);
  const [done, setDone] = useState<{ action: FormAction; letter?: IssuedLetter } | null>(null);
  const action = useDossierAction(dossier);
  const stillUndoable = useStillUndoable(dossier);
  const allowed = dossier.allowed_actions
    .filter(isFormAction)
    .filter((each) => each !== 'undos' || stillUndoable);
  const name = (key: string) => word('actions:name', key, t('otherAction'));

  return (
    <Card id="actions" title={t('title')}>
      <div className={css.actions}>
        <div aria-live="polite">
          {done && !action.isError && (
            <Notice
              tone="good"
              title={t('done', { action: name(done.action) })}
              foot={
                done.letter && (
                  <LetterButton autoFocus dossierId={dossier.id} letter={done.letter}>
                    {t('printLetter')}
                  </LetterButton>
                )
              }
            />
          )}
        </div>
        {action.isError && <Failure error={action.error} dossierId={dossier.id} />}
        {allowed.length === 0 && <p className="soft">{t('nothing')}</p>}
        {allowed.map((each) => {
          const Form = actionForms[each];
          const isOpen = open === each;
          return (
            <div key={each} className={css.action} data-open={isOpen || undefined}>
              <button
                type="button"
                className={css.actionHead}
                aria-expanded={isOpen}
                aria-controls={isOpen ? `action-${each}` : undefined}
                onClick={() => {
                  action.reset();
                  setDone(null);
                  setOpen(isOpen ? null : each);
                }}
              >
                {name(each)}
                <Icon name="right" size={16} />
              </button>
              {isOpen && (
                <div id={`action-${each}`} className={css.actionBody}>
                  <Form
                    dossier={dossier}
                    problem={action.isError ? asProblem(action.error) : null}
                    busy={action.isPending}
                    onSend={(command) =>
                      action.mutate(command, {
                        onSuccess: (after) => {
                          setOpen(null);
                          setDone({ action: each, letter: issuedBy(dossier, after) });
                        },
                      })
                    }
                  />
                </div>
              )}
            </div>
          );
        })}
      </div>
      {dossier.blocked_actions.length > 0 && (
        <div className={css.blocked}>
          <Disclosure summary={t('whyNot')}>
            <dl>
              {dossier.blocked_actions.map((b) => (
                <div key={`${b.action} ${b.code}`}>
                  <dt>{name(b.action)}</dt>
                  <dd>{b.reason}</dd>
                </div>
              ))}
            </dl>
          </Disclosure>
        </div>
      )}
    </Card>
  );
}

/** A refusal of the server; when someone else was quicker, who it was and what they did. */
export function Failure({ error, dossierId }: { error: unknown; dossierId: string }) {
  const { t } = useTranslation('actions');
  const words = useTimelineWords();
  const actorName = useActorName();
  const problem = asProblem(error);
  const timeline = useQuery({ ...timelineQuery(dossierId), enabled: problem.stale });
  if (!problem.stale) return <ProblemNotice error={problem} />;
  const last = [...(timeline.data?.items ?? [])].sort((a, b) => b.seq - a.seq)[0];
  return (
    <Notice tone="soon" live title={t('stale.title')}>
      {last && (
        <p>{t('stale.who', { name: actorName(last), at: formatDateTime(last.at), what: words(last) })}</p>
      )}
      <p>{t('stale.reloaded')}</p>
    </Notice>
  );
}
