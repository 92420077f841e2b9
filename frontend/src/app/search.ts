/** Reading what an address says, defensively: anybody may type it. */

/** A text that says something. */
export const text = (value: unknown) => {
  const s = typeof value === 'number' ? String(value) : value;
  return typeof s === 'string' && s !== '' ? s : undefined;
};
/** A number of something that is counted from one. */
export const counting = (value: unknown) => {
  const n = Number(value);
  return Number.isInteger(n) && n > 0 ? n : undefined;
};
/** Keys without a value do not appear in the address. */
export const given = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined)) as T;

export const cursorOnly = (raw: Record<string, unknown>): { cursor?: string } =>
  given({ cursor: text(raw.cursor) });
