import { useMemo, useRef, useState, type RefObject } from 'react';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { KeyFormHandle } from '@/shared/ui/KeyForm';
import { faultsOf, type Fault, type Hours } from './hours';
import { changeOf, type Tried } from './tried';

/** A change of the calendar as it is being put together: days, weekly hours, and what is wrong with them. */
export interface Plan {
  tried: Tried;
  setTried: (tried: Tried) => void;
  hours: Hours | null;
  setHours: (hours: Hours | null) => void;
  /** Whether there is anything to ask about. */
  empty: boolean;
  /** The same object as long as nothing is changed: an answer to another would mislead. */
  change: ReturnType<typeof changeOf>;
  /** The change when its fields are right; otherwise the faults are shown, and the first has the focus. */
  checked: () => ReturnType<typeof changeOf> | undefined;
  /** Faults to be shown, by pointer: the form's own … */
  faults: Record<string, Fault>;
  /** … and what the server refused. */
  refused: Record<string, string>;
  refusal: unknown;
  refuse: (error: unknown) => void;
  form: RefObject<KeyFormHandle | null>;
  clear: () => void;
}

export function usePlan(): Plan {
  const [tried, setTried] = useState<Tried>({});
  const [hours, setHours] = useState<Hours | null>(null);
  const [told, setTold] = useState(false);
  const [refusal, refuse] = useState<unknown>(null);
  const form = useRef<KeyFormHandle>(null);
  const faults = useMemo(() => (hours ? faultsOf(hours) : {}), [hours]);
  const change = useMemo(() => changeOf(tried, hours), [tried, hours]);
  return {
    tried,
    setTried,
    hours,
    setHours: (next) => {
      setHours(next);
      refuse(null);
      if (!next) setTold(false);
    },
    empty: !hours && Object.keys(tried).length === 0,
    change,
    checked: () => {
      if (Object.keys(faults).length === 0) return change;
      setTold(true);
      form.current?.focusFault();
      return undefined;
    },
    faults: told ? faults : {},
    refused: refusal ? errorsByField(asProblem(refusal)) : {},
    refusal,
    refuse,
    form,
    clear: () => {
      setTried({});
      setHours(null);
      setTold(false);
      refuse(null);
    },
  };
}

/** Pointers whose fault stands at a field of the hours. */
export const shownAtHours = (pointers: string[]) =>
  pointers.filter((p) => /^shifts\/(valid_from|rules\/\d+\/(weekdays|from|to))$/.test(p));
