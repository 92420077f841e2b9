import type { Change, ProcedureData } from './types';

/** The members in the order in which they are read: the server tells them by the alphabet. */
const ORDER = [
  'code',
  'number',
  'date',
  'decision',
  'name',
  'field_code',
  'field',
  'code_certainty',
  'code_source',
  'in_force_from',
  'in_force_to',
  'announcing_decision',
  'ending_decision',
  'components',
  'required',
  'desk',
  'minutes',
  'limits',
  'direct',
  'online',
  'verification_limit',
  'amount',
  'unit',
  'fees',
  'kind',
  'text',
  'rule',
  'type',
  'first_pages',
  'first_amount_vnd',
  'next_amount_vnd',
  'cap_vnd',
  'amount_vnd',
  'basis_points',
  'least_vnd',
  'most_vnd',
  'percent',
  'channel',
  'due',
  'evidence',
  'condition',
  'legal_basis',
  'valid_from',
  'valid_to',
  'exemptions',
  'certainty',
  'source',
  'note',
  'result_name',
  'online_level',
  'supplement_mode',
  'flags',
  'notes',
  'local',
  'workflow',
  'steps',
];

export const placeOf = (member: string) => {
  const place = ORDER.indexOf(member);
  return place < 0 ? ORDER.length : place;
};

/** The differences as one goes through a procedure; what is of one thing stays together. */
export function inOrder(changes: Change[]): Change[] {
  const tokens = (change: Change) => change.path.split('/').slice(1);
  return changes
    .map((change) => ({ change, at: tokens(change) }))
    .sort((a, b) => {
      for (const [i, token] of a.at.entries()) {
        const other = b.at[i];
        if (other === undefined) return 1;
        // Items of a list, which have no place of their own, stay as they are told.
        if (token !== other) return placeOf(token) - placeOf(other);
      }
      return a.at.length - b.at.length;
    })
    .map(({ change }) => change);
}

/** The unit of the limit whose amount has changed, when that is still the same. */
export function unitOf(path: string, changes: Change[], document: ProcedureData): string | null {
  const limit = path.replace(/\/amount$/, '');
  if (limit === path || changes.some((change) => change.path === `${limit}/unit`)) return null;
  let at: unknown = document;
  for (const token of limit.split('/').slice(1))
    at = (at as Record<string, unknown> | null | undefined)?.[token];
  const unit = (at as { unit?: unknown } | null | undefined)?.unit;
  return typeof unit === 'string' ? unit : null;
}
