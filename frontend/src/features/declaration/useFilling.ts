import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem } from '@/shared/api/problem';
import type { Declaration } from '@/shared/api/types';
import { declarationQuery, useDeclarationActs } from './api';
import {
  contested,
  faultsOf,
  leftOf,
  notFilled,
  standing,
  toSend,
  valuesOf,
  type Fault,
  type Values,
} from './filling';

interface Held {
  seen: Declaration;
  /** What was typed and is not saved yet. */
  typed: Values;
  faults: Fault[];
  /** What somebody else has made of the fields that are being typed in. */
  theirs: Declaration | null;
  problem: unknown;
  busy: boolean;
}

/** So often what was typed meanwhile is sent after it before somebody has to press a button. */
const MOST_ROUNDS = 6;

const without = (values: Values, others: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key, value]) => (others[key] ?? '') !== value.trim()));

/** A declaration being filled in: what is typed saves itself, and one thing is done after the other. */
export function useFilling(given: Declaration) {
  const { id } = given;
  const queries = useQueryClient();
  const acts = useDeclarationActs(id);
  const [held, setHeld] = useState<Held>({
    seen: given,
    typed: {},
    faults: [],
    theirs: null,
    problem: null,
    busy: false,
  });
  // What is asked next must know what was answered last, not what was drawn last.
  const now = useRef(held);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const put = useCallback((part: Partial<Held>) => {
    now.current = { ...now.current, ...part };
    setHeld(now.current);
  }, []);

  // It was changed elsewhere: at the read-back, or by a colleague.
  useEffect(() => {
    if (given.version > now.current.seen.version) put({ seen: given });
  }, [given, put]);

  const valueOf = (key: string) => now.current.typed[key] ?? valuesOf(now.current.seen)[key] ?? '';
  const inLine = <T>(act: () => Promise<T>): Promise<T> => {
    const done = line.current.then(act);
    line.current = done.catch(() => undefined);
    return done;
  };
  const take = (next: Declaration, typed: Values) => {
    put({ seen: next, typed, problem: null });
    queries.setQueryData(declarationQuery(id).queryKey, next);
    void queries.invalidateQueries({ queryKey: ['declarations'] });
  };
  /** Takes over what others have changed, where it does not contradict what is typed here. */
  const settle = async (): Promise<boolean> => {
    const latest = await queries.fetchQuery({ ...declarationQuery(id), staleTime: 0 });
    const { seen, typed } = now.current;
    const theirs = valuesOf(latest);
    if (contested(typed, valuesOf(seen), theirs).length > 0) {
      put({ theirs: latest });
      return false;
    }
    put({ seen: latest, typed: without(typed, theirs) });
    return true;
  };

  const saveRound = async (): Promise<'saved' | 'again' | 'stopped'> => {
    const { seen, typed, faults } = now.current;
    const values = toSend(typed, faults);
    if (Object.keys(values).length === 0) return 'saved';
    try {
      const next = await acts.change(seen.version, values, 'officer');
      take(next, leftOf(now.current.typed, values));
    } catch (error) {
      const problem = asProblem(error);
      const refused = faultsOf(problem, (key) => typed[key] ?? '');
      if (refused.length > 0)
        put({ faults: [...faults.filter((f) => !refused.some((r) => r.key === f.key)), ...refused] });
      else if (!problem.stale) {
        put({ problem: error });
        return 'stopped';
      } else if (!(await settle())) return 'stopped';
    }
    return 'again';
  };
  /** Saves what was typed; true when nothing is left but what was refused. */
  const save = (): Promise<boolean> =>
    inLine(async () => {
      if (Object.keys(toSend(now.current.typed, now.current.faults)).length === 0) return true;
      put({ busy: true, problem: null });
      try {
        for (let round = 0; round < MOST_ROUNDS; round++) {
          const end = await saveRound();
          if (end !== 'again') return end === 'saved';
        }
        return false;
      } catch (error) {
        put({ problem: error });
        return false;
      } finally {
        put({ busy: false });
      }
    });

  /** Does something with what is saved; null: it could not be saved before. */
  const act = async (send: (version: number) => Promise<Declaration>): Promise<Declaration | null> => {
    if (!(await save())) return null;
    return inLine(async () => {
      put({ busy: true, problem: null });
      try {
        let next: Declaration;
        try {
          next = await send(now.current.seen.version);
        } catch (error) {
          if (!asProblem(error).stale || !(await settle())) throw error;
          next = await send(now.current.seen.version);
        }
        const { seen, typed } = now.current;
        take(next, notFilled(typed, valuesOf(seen), valuesOf(next)));
        return next;
      } finally {
        put({ busy: false });
      }
    });
  };

  return {
    ...held,
    faults: standing(held.faults, (key) => held.typed[key] ?? valuesOf(held.seen)[key] ?? ''),
    change: (key: string, value: string) => {
      const { seen, typed } = now.current;
      const rest = Object.entries(typed).filter(([other]) => other !== key);
      const same = (valuesOf(seen)[key] ?? '') === value;
      put({ typed: Object.fromEntries(same ? rest : [...rest, [key, value]]) });
    },
    save,
    readCard: (party: string, text: string) => act((version) => acts.readCard(version, party, text)),
    takeEarlier: (party: string) => act((version) => acts.takeEarlier(version, party)),
    /** Whether it can be read back; what keeps it from that is told by `faults` or `problem`. */
    readBack: async (): Promise<boolean> => {
      try {
        if (!(await save()) || Object.keys(now.current.typed).length > 0) return false;
        return now.current.seen.state === 'read_back' || (await act(acts.readBack)) !== null;
      } catch (error) {
        const faults = faultsOf(asProblem(error), valueOf);
        put(faults.length > 0 ? { faults } : { problem: error });
        return false;
      }
    },
    /** Whether something stands here that is kept nowhere else. */
    unsaved: () => Object.keys(now.current.typed).length > 0,
    keepMine: () => {
      const { theirs, seen } = now.current;
      put({ seen: theirs ?? seen, theirs: null });
      void save();
    },
    takeTheirs: () => {
      const { theirs, seen } = now.current;
      put({ seen: theirs ?? seen, theirs: null, typed: {}, faults: [] });
    },
  };
}

export type Filling = ReturnType<typeof useFilling>;
