import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from '@/features/draft/draft.module.css';
import type { Part } from '@/features/draft/part';
import { focusField } from '@/features/draft/pointers';
import { asProblem } from '@/shared/api/problem';
import { getStatus } from '@/shared/api/session';
import type { QuestionnaireView } from '@/shared/api/types';
import { KeyForm } from '@/shared/ui/KeyForm';
import { LeaveDialog } from '@/shared/ui/LeaveDialog';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { questionnaireQuery, useDiscardQuestionnaire, useEndDraft } from './api';
import { BuilderSide } from './BuilderSide';
import { ConfirmDialog } from './ConfirmDialog';
import { toTry, type QuestionnaireForm } from './form';
import { PreviewCard } from './PreviewCard';
import { FactorsSection, HeadSection, QuestionsSection } from './sections';
import { useBuilder } from './useBuilder';

/** Writes a questionnaire: what is asked, what it looks like, and the way to publish it. */
export function Builder(props: {
  /** The draft; null: nothing is saved yet. */
  view: QuestionnaireView | null;
  /** With what something new begins. */
  start: QuestionnaireForm;
  /** It follows one that is there, whose code it keeps. */
  follows: boolean;
}) {
  const { t } = useTranslation('survey');
  const { view } = props;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const builder = useBuilder(view, props.start);
  const publish = useEndDraft(view?.id ?? '', 'publications');
  const discard = useDiscardQuestionnaire(view?.id ?? '');
  const [asked, setAsked] = useState<'publish' | 'discard' | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const notices = useRef<HTMLDivElement>(null);
  /** There is nothing left to be saved. */
  const leaving = useRef(false);

  const holds = () => builder.changed && !leaving.current && getStatus() === 'signed_in';
  const blocker = useBlocker({ shouldBlockFn: holds, enableBeforeUnload: holds, withResolver: true });

  const errors: Record<string, string> = {};
  for (const fault of builder.faults) errors[fault.field] ??= fault.detail;
  const part: Part<QuestionnaireForm> = { at: '', value: builder.form, errors, change: builder.change };
  const preview = useMemo(() => toTry(builder.form), [builder.form]);

  const refused = builder.refusal ?? publish.error ?? discard.error;
  const problem = refused ? asProblem(refused) : null;
  // What stands beside no field is told above, however far down the hands were.
  const faulty = problem?.code === 'validation_failed';
  useEffect(() => {
    if (refused && !faulty) notices.current?.focus();
  }, [refused, faulty]);

  const save = (then?: (saved: QuestionnaireView) => void) =>
    builder.send((saved) => {
      if (!view) {
        leaving.current = true;
        void navigate({ to: '/surveys/questionnaires/$id', params: { id: saved.id }, replace: true });
      }
      then?.(saved);
    });
  const askToPublish = () => {
    publish.reset();
    if (builder.changed) save(() => setAsked('publish'));
    else setAsked('publish');
  };
  const theirs = () => queries.fetchQuery({ ...questionnaireQuery(view?.id ?? ''), staleTime: 0 });

  const title = builder.form.title.vi || t('builder.unnamed');
  return (
    <Page
      title={t(view ? 'builder.title' : 'builder.new', { name: title })}
      lead={view ? t('builder.lead', { code: view.code, number: view.number }) : t('builder.leadNew')}
    >
      <div ref={root} className={css.editor}>
        <div className={css.side}>
          <div ref={notices} tabIndex={-1} className={css.notices}>
            {problem?.stale && view ? (
              <Notice
                tone="soon"
                live
                title={t('stale.title')}
                foot={
                  <>
                    <Button size="compact-md" onClick={() => void theirs().then(builder.keep)}>
                      {t('stale.keep')}
                    </Button>
                    <Button
                      size="compact-md"
                      variant="default"
                      onClick={() => void theirs().then(builder.take)}
                    >
                      {t('stale.take')}
                    </Button>
                  </>
                }
              >
                <p>{t('stale.text')}</p>
              </Notice>
            ) : (
              problem && !faulty && <ProblemNotice error={problem} />
            )}
          </div>
          <BuilderSide
            view={builder.seen}
            changed={builder.changed}
            saving={builder.saving}
            faults={builder.faults}
            form={builder.form}
            onGo={(field) => root.current && focusField(root.current, field)}
            onSave={() => save()}
            onPublish={view ? askToPublish : undefined}
            onDiscard={view ? () => setAsked('discard') : undefined}
          />
          <PreviewCard questionnaire={preview} />
        </div>
        <KeyForm
          key={builder.filling}
          label={t('builder.form')}
          className={css.sections}
          refusal={faulty ? builder.refusal : null}
          onSend={() => save()}
        >
          <HeadSection part={part} fixed={view !== null || props.follows} />
          <QuestionsSection part={part} />
          <FactorsSection part={part} />
          <div className={css.again}>
            <Button type="submit" loading={builder.saving}>
              {t('builder.save')}
            </Button>
          </div>
        </KeyForm>
      </div>
      {asked === 'publish' && (
        <ConfirmDialog
          texts="publish"
          code={builder.form.code}
          pending={publish.isPending}
          onClose={() => setAsked(null)}
          onSend={() =>
            publish.mutate(builder.seen?.version ?? 0, {
              onSuccess: () => {
                leaving.current = true;
              },
              onError: () => setAsked(null),
            })
          }
        />
      )}
      {asked === 'discard' && (
        <ConfirmDialog
          texts="discard"
          code={builder.form.code}
          red
          pending={discard.isPending}
          onClose={() => setAsked(null)}
          onSend={() =>
            discard.mutate(builder.seen?.version ?? 0, {
              onSuccess: () => {
                leaving.current = true;
                void navigate({ to: '/surveys/questionnaires' });
              },
              onError: () => setAsked(null),
            })
          }
        />
      )}
      {blocker.status === 'blocked' && (
        <LeaveDialog
          texts={{
            title: t('leave.title'),
            text: t('leave.text'),
            stay: t('leave.stay'),
            go: t('leave.go'),
          }}
          onStay={blocker.reset}
          onLeave={blocker.proceed}
        />
      )}
    </Page>
  );
}
