import { useRef, useState } from 'react';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { KeyFormHandle } from './KeyForm';

/** What a form is sent by. */
interface Step {
  isError: boolean;
  isIdle: boolean;
  isPending: boolean;
  error: unknown;
  reset: () => void;
}

/** What is typed into a form, and what is wrong with it; what was refused is told until something is changed. */
export function useTypedForm<F extends object>(blank: F, step: Step) {
  const [form, setForm] = useState(blank);
  const [tried, setTried] = useState(false);
  const handle = useRef<KeyFormHandle>(null);
  const problem = step.isError ? asProblem(step.error) : null;
  const changed = () => {
    if (!step.isIdle && !step.isPending) step.reset();
  };
  return {
    form,
    handle,
    problem,
    /** It was tried to send it: what is missing is said from then on. */
    tried,
    errors: errorsByField(problem),
    changed,
    set: (part: Partial<F>) => {
      setForm((before) => ({ ...before, ...part }));
      changed();
    },
    /** Whether it can be sent; where it cannot, the focus goes to what is missing. */
    ready: (complete: boolean) => {
      setTried(true);
      if (!complete) handle.current?.focusFault();
      return complete;
    },
  };
}
