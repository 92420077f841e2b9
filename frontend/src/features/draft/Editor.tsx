import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import { getStatus } from '@/shared/api/session';
import { enterMoves } from '@/shared/ui/enterMoves';
import { localDate } from '@/shared/ui/format';
import { LeaveDialog } from '@/shared/ui/LeaveDialog';
import { Page } from '@/shared/ui/Page';
import { draftQuery, useDiscard, usePublish } from './api';
import { DifferenceCard } from './DifferenceCard';
import { DiscardDialog, PublishDialog } from './dialogs';
import css from './draft.module.css';
import { EditorNotices } from './EditorNotices';
import { EditorSide } from './EditorSide';
import type { Part } from './part';
import { focusField } from './pointers';
import {
  ComponentsSection,
  FeesSection,
  IdentitySection,
  LimitsSection,
  LocalSection,
  OtherSection,
  ValiditySection,
} from './sections';
import { WorkflowSection } from './WorkflowFields';
import type { ProcedureForm } from './form';
import type { Draft } from './types';
import { useEditor } from './useEditor';

/** One draft: all that a version says, what is wrong with it, what it changes, and the way to publish it. */
export function Editor({ draft }: { draft: Draft }) {
  const { t } = useTranslation('draft');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const editor = useEditor(draft);
  const publish = usePublish(draft.id);
  const discard = useDiscard(draft.id);
  const [asked, setAsked] = useState<'publish' | 'discard' | null>(null);
  const root = useRef<HTMLFormElement>(null);
  /** The draft is gone: there is nothing left to be saved. */
  const leaving = useRef(false);
  const { form, dirty, lacking, open } = editor;

  // When the session has ended, nothing may stay on the screen, saved or not.
  const holds = () => dirty && !leaving.current && getStatus() === 'signed_in';
  const blocker = useBlocker({
    shouldBlockFn: holds,
    enableBeforeUnload: holds,
    withResolver: true,
  });

  const errors: Record<string, string> = {};
  for (const fault of open) errors[fault.field] ??= fault.detail;
  for (const [at, lack] of Object.entries(lacking)) errors[at] = t(`editor.${lack}`);
  const part: Part<ProcedureForm> = { at: '', value: form, errors, change: editor.change };

  // What was refused is told where it is seen, however far down the hands were.
  const problem = useMemo(
    () => editor.problem ?? firstProblem(publish.error, discard.error),
    [editor.problem, publish.error, discard.error],
  );
  const notices = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem?.code === 'draft_faulty') document.getElementById('faults-title')?.focus();
    else if (problem) notices.current?.focus();
  }, [problem]);

  const goTo = (field: string) => root.current && focusField(root.current, field);

  /** A date that is none, or what cannot be sent: that is put right first. */
  const obstacle = (): boolean => {
    const wrong = [...(root.current?.querySelectorAll<HTMLInputElement>('input') ?? [])].find(
      (field) => field.validity.customError,
    );
    const [lack] = Object.keys(lacking);
    if (wrong) wrong.focus();
    else if (lack) goTo(lack);
    return wrong !== undefined || lack !== undefined;
  };

  const save = (then?: (saved: Draft) => void, base = editor.seen.base_version) => {
    if (!obstacle()) editor.send(base, then);
  };

  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  // Ctrl+S from anywhere on the page. A field that is read when it is left is read first.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (event.repeat) return;
      const field = document.activeElement;
      if (field instanceof HTMLInputElement) {
        field.blur();
        field.focus();
      }
      setTimeout(() => latest.current(), 0);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const askToPublish = () => {
    publish.reset();
    const ask = (saved: Draft) => {
      if (saved.base_version !== saved.newest_version) notices.current?.focus();
      else if (saved.faults.length === 0) setAsked('publish');
      else document.getElementById('faults-title')?.focus();
    };
    if (dirty) save(ask);
    else ask(draft);
  };

  const reload = () => queries.fetchQuery({ ...draftQuery(draft.id), staleTime: 0 });

  const doPublish = () => {
    publish.mutate(draft, {
      onSuccess: (version) => {
        leaving.current = true;
        const state = {
          published: { name: version.name, version: version.version, from: version.in_force_from },
        };
        // What holds only later has no page of its own yet.
        const shown = draft.base_version > 0 || version.in_force_from <= localDate(new Date());
        if (shown) void navigate({ to: '/catalogue/$code', params: { code: version.code }, state });
        else void navigate({ to: '/catalogue-drafts', search: {}, state });
      },
      onError: (error) => {
        setAsked(null);
        if (!asProblem(error).unanswered) void reload();
      },
    });
  };

  const doDiscard = () => {
    discard.mutate(editor.seen.version, {
      onSuccess: () => {
        leaving.current = true;
        void navigate({ to: '/catalogue-drafts', search: {} });
      },
      onError: () => setAsked(null),
    });
  };

  const fresh = draft.base_version === 0;
  const lead = fresh
    ? t('editor.leadNew', { code: form.code })
    : t('editor.leadBase', { code: form.code, number: draft.base_version });
  return (
    <Page title={t('editor.title', { name: form.name || t('editor.unnamed') })} lead={lead}>
      {/* Enter is a convenience of the form; every control is reachable without it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={root}
        noValidate
        aria-label={t('editor.state')}
        className={css.editor}
        onKeyDown={enterMoves}
        onSubmit={(e) => {
          e.preventDefault();
          save();
        }}
      >
        <div className={css.side}>
          <div ref={notices} tabIndex={-1} className={css.notices}>
            <EditorNotices
              draft={draft}
              problem={problem}
              shown={Object.keys(errors)}
              onKeep={() => void reload().then(editor.keepMine)}
              onTake={() => void reload().then(editor.fill)}
              onRebase={() => save(undefined, draft.newest_version)}
              rebasing={editor.saving}
            />
          </div>
          <EditorSide
            draft={draft}
            saved={editor.seen}
            dirty={dirty}
            saving={editor.saving}
            open={open}
            onGo={goTo}
            onPublish={askToPublish}
            onDiscard={() => setAsked('discard')}
          />
        </div>
        <div className={css.sections} key={editor.filling}>
          <IdentitySection part={part} fixed={!fresh} />
          <ValiditySection part={part} />
          <ComponentsSection part={part} />
          <LimitsSection part={part} />
          <FeesSection part={part} />
          <OtherSection part={part} />
          <LocalSection part={part} />
          <WorkflowSection part={part} />
          <DifferenceCard draft={draft} dirty={dirty} />
          <div className={css.again}>
            <Button type="submit" loading={editor.saving}>
              {t('editor.save')}
            </Button>
          </div>
        </div>
      </form>
      {asked === 'publish' && (
        <PublishDialog
          procedure={draft.procedure}
          pending={publish.isPending}
          onClose={() => setAsked(null)}
          onSend={doPublish}
        />
      )}
      {asked === 'discard' && (
        <DiscardDialog pending={discard.isPending} onClose={() => setAsked(null)} onSend={doDiscard} />
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

const firstProblem = (...errors: unknown[]) => {
  const error = errors.find(Boolean);
  return error ? asProblem(error) : null;
};
