import { authorisationScopes, channels, deliveryMethods, personKinds } from './choices';
import {
  emptyForm,
  emptyPerson,
  personFields,
  type Counts,
  type IntakeForm,
  type Person,
  type Source,
} from './state';

/**
 * A form that was kept, as a form of today. It may have been kept by another version of these pages: what is
 * unknown or of another kind is left out, and the field stands as in an empty form.
 */
export function readForm(kept: unknown): IntakeForm {
  const from = members(kept);
  const empty = emptyForm();
  return {
    visitId: uuid.test(text(from.visitId)) ? text(from.visitId) : empty.visitId,
    owner: readPerson(from.owner),
    filer: readPerson(from.filer),
    otherFiler: from.otherFiler === true,
    procedureCode: text(from.procedureCode),
    authorityId: text(from.authorityId),
    counts: Object.fromEntries(Object.entries(members(from.counts)).map(([id, c]) => [id, readCounts(c)])),
    copiesCount: number(from.copiesCount) || empty.copiesCount,
    delivery: oneOf(deliveryMethods, from.delivery, empty.delivery),
    deliveryAddress: text(from.deliveryAddress),
    channel: oneOf(channels, from.channel, empty.channel),
    checkOnly: from.checkOnly === true,
    onTheSpot: from.onTheSpot === true,
    signerId: text(from.signerId),
    resultNumber: text(from.resultNumber),
    note: text(from.note),
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const sources: Source[] = ['card', 'typed'];

const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** As many as the counter lets one type; anything else is none. */
const number = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 99 ? value : 0;
const oneOf = <T extends string>(known: readonly T[], value: unknown, otherwise: T): T =>
  known.find((k) => k === value) ?? otherwise;
/** A day that exists; a date field cannot show another. */
const day = (value: unknown): string => {
  const iso = text(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : '';
};

const readCounts = (value: unknown): Counts => {
  const from = members(value);
  return {
    originals: number(from.originals),
    certified_copies: number(from.certified_copies),
    photocopies: number(from.photocopies),
  };
};

function readPerson(value: unknown): Person {
  const from = members(value);
  const values = members(from.values);
  const said = members(from.sources);
  const person = emptyPerson();
  for (const field of personFields) {
    person.values[field] = text(values[field]);
    const source = sources.find((s) => s === said[field]);
    // Nothing comes from nowhere: an empty field has no source.
    if (source && person.values[field]) person.sources[field] = source;
  }
  return {
    ...person,
    kind: oneOf(personKinds, from.kind, person.kind),
    relation: text(from.relation),
    authorisation: text(from.authorisation),
    authorisationScope: oneOf(['', ...authorisationScopes], from.authorisationScope, ''),
    authorisationUntil: day(from.authorisationUntil),
  };
}
