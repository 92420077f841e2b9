import { useEffect, useMemo, useRef, useState } from 'react';
import { asProblem } from '@/shared/api/problem';
import { useSaveDraft } from './api';
import type { ProcedureForm } from './form';
import { answers, fieldOf } from './pointers';
import { inRowsOf, lacks, same, toForm, toProcedure } from './state';
import type { Draft } from './types';

/**
 * What is typed, and how it stands to what is saved. `draft` is what the server has; `seen` is what this form was
 * filled from, which is another as soon as somebody else has saved.
 */
export function useEditor(draft: Draft) {
  const save = useSaveDraft(draft.id);
  const [seen, setSeen] = useState(draft);
  const [form, setForm] = useState(() => toForm(draft.procedure));
  /** Which filling of the form this is: fields that hold their own text begin anew with it. */
  const [filling, setFilling] = useState(0);
  const [answered, setAnswered] = useState<string[]>([]);
  const now = useRef(form);
  useEffect(() => {
    now.current = form;
  }, [form]);

  const body = useMemo(() => toProcedure(form), [form]);
  const savedBody = useMemo(() => toProcedure(toForm(seen.procedure)), [seen]);
  const dirty = !same(body, savedBody);
  const lacking = useMemo(() => lacks(form), [form]);
  const faults = draft.faults.map((fault) => ({ ...fault, field: fieldOf(fault.pointer) }));
  const open = faults.filter((fault) => !answered.some((changed) => answers(changed, fault.field)));

  const change = (at: string, next: (form: ProcedureForm) => ProcedureForm) => {
    setForm(next);
    setAnswered((all) => (all.includes(at) ? all : [...all, at]));
  };

  /** Fills the form anew with what the server has. */
  const fill = (from: Draft) => {
    setSeen(from);
    setForm(toForm(from.procedure));
    setAnswered([]);
    setFilling((n) => n + 1);
    save.reset();
  };

  /** Lets what is typed stand, over what somebody else has saved meanwhile. */
  const keepMine = (over: Draft) => {
    setSeen(over);
    save.reset();
  };

  const send = (base_version: number, then?: (saved: Draft) => void) => {
    if (save.isPending) return;
    const sent = now.current;
    save.mutate(
      { version: seen.version, base_version, procedure: toProcedure(sent) },
      {
        onSuccess: (saved) => {
          setSeen(saved);
          setAnswered([]);
          // Whoever has typed on meanwhile goes on with that.
          if (now.current === sent) setForm((typed) => inRowsOf(toForm(saved.procedure), typed));
          then?.(saved);
        },
      },
    );
  };

  const problem = useMemo(() => (save.error ? asProblem(save.error) : null), [save.error]);
  return {
    form,
    seen,
    filling,
    dirty,
    lacking,
    open,
    change,
    fill,
    keepMine,
    send,
    saving: save.isPending,
    problem,
  };
}
