/** Changes something of the form; `at` is the pointer of what is changed, whose complaint is answered by that. */
export type Change<T> = (at: string, next: (value: T) => T) => void;

/** A part of the form, where it is, and what is wrong in it by the pointer of the field. */
export interface Part<T> {
  at: string;
  value: T;
  errors: Record<string, string>;
  change: Change<T>;
}

/** One field of a part. */
export interface Bound<V> {
  at: string;
  value: V;
  error: string | undefined;
  set: (value: V) => void;
}

const join = (at: string, key: string | number) => (at === '' ? String(key) : `${at}/${key}`);

export function bind<T, K extends keyof T & string>(part: Part<T>, key: K): Bound<T[K]> {
  const at = join(part.at, key);
  return {
    at,
    value: part.value[key],
    error: part.errors[at],
    set: (value) => part.change(at, (whole) => ({ ...whole, [key]: value })),
  };
}

/** A choice whose absence means one of its words: that word is shown, and whoever chooses it leaves the member out. */
export const absentMeans = (of: Bound<string>, word: string): Bound<string> => ({
  ...of,
  value: of.value || word,
  set: (chosen) => of.set(chosen === word ? '' : chosen),
});

/** The part under a member. */
export function inside<T, K extends keyof T & string>(part: Part<T>, key: K): Part<T[K]> {
  return {
    at: join(part.at, key),
    value: part.value[key],
    errors: part.errors,
    change: (at, next) => part.change(at, (whole) => ({ ...whole, [key]: next(whole[key]) })),
  };
}

/** A row of a list. */
export function row<T>(part: Part<T[]>, i: number, value: T): Part<T> {
  return {
    at: join(part.at, i),
    value,
    errors: part.errors,
    change: (at, next) => part.change(at, (list) => list.map((each, j) => (j === i ? next(each) : each))),
  };
}

/** What is there, when it is. */
export function present<T>(part: Part<T | null>): Part<T> | null {
  const { value } = part;
  if (value === null) return null;
  return {
    ...part,
    value,
    change: (at, next) => part.change(at, (whole) => (whole === null ? whole : next(whole))),
  };
}
