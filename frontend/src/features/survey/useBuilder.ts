import { useMemo, useState } from 'react';
import { answers } from '@/features/draft/pointers';
import { asProblem } from '@/shared/api/problem';
import type { QuestionnaireView } from '@/shared/api/types';
import { useDraftQuestionnaire, useReplaceQuestionnaire } from './api';
import { bodyOf, fieldOf, inRowsOf, same, toBody, toForm, withIds, type QuestionnaireForm } from './form';

/** What is typed, and how it stands to what is saved. Without `view` nothing is saved yet, and `start` is begun with. */
export function useBuilder(view: QuestionnaireView | null, start: QuestionnaireForm) {
  const draft = useDraftQuestionnaire();
  const replace = useReplaceQuestionnaire(view?.id ?? '');
  const save = view ? replace : draft;
  const [seen, setSeen] = useState(view);
  const [form, setForm] = useState(() => (view ? toForm(view.questionnaire) : start));
  /** Fields that were changed since they were complained of. */
  const [answered, setAnswered] = useState<string[]>([]);
  /** Which filling of the form this is: rows begin anew with it. */
  const [filling, setFilling] = useState(0);

  const body = useMemo(() => toBody(form), [form]);
  const before = useMemo(() => (seen ? toBody(toForm(seen.questionnaire)) : toBody(start)), [seen, start]);
  const changed = !same(body, before);
  const problem = useMemo(() => (save.error ? asProblem(save.error) : null), [save.error]);
  const faults = (problem?.errors ?? [])
    .map((fault) => ({ ...fault, field: fieldOf(fault.pointer) }))
    .filter((fault) => !answered.some((at) => answers(at, fault.field)));

  const change = (at: string, next: (form: QuestionnaireForm) => QuestionnaireForm) => {
    setForm(next);
    setAnswered((all) => (all.includes(at) ? all : [...all, at]));
  };

  const sent = (typed: QuestionnaireForm, then?: (saved: QuestionnaireView) => void) => ({
    onSuccess: (saved: QuestionnaireView) => {
      setSeen(saved);
      setAnswered([]);
      // Whoever has typed on meanwhile goes on with that.
      setForm((now) => (now === typed ? inRowsOf(saved.questionnaire, typed) : now));
      then?.(saved);
    },
  });

  const send = (then?: (saved: QuestionnaireView) => void) => {
    if (save.isPending) return;
    // Rows get their lasting words now, and keep them.
    const typed = withIds(form);
    setForm(typed);
    setAnswered([]);
    if (seen) replace.mutate({ version: seen.version, body: bodyOf(typed) }, sent(typed, then));
    else draft.mutate(bodyOf(typed), sent(typed, then));
  };

  /** Fills the form anew with what somebody else has saved. */
  const take = (theirs: QuestionnaireView) => {
    setSeen(theirs);
    setForm(toForm(theirs.questionnaire));
    setAnswered([]);
    setFilling((n) => n + 1);
    save.reset();
  };
  /** Lets what is typed stand, over what somebody else has saved. */
  const keep = (theirs: QuestionnaireView) => {
    setSeen(theirs);
    save.reset();
  };

  return {
    form,
    seen,
    filling,
    changed,
    problem,
    faults,
    change,
    send,
    take,
    keep,
    saving: save.isPending,
    saved: save.isSuccess,
    refusal: save.error,
  };
}
