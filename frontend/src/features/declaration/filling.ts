import type { ApiProblem } from '@/shared/api/problem';
import type { Declaration, DeclarationField, DeclarationForm, DeclarationSection } from '@/shared/api/types';
import type { Language } from '@/shared/i18n';
import { groupVnd } from '@/shared/ui/format';

/** What stands in the fields, by `section/field`. */
export type Values = Record<string, string>;

/** A complaint about what stands, or does not stand, in a field. It is answered by any other value. */
export interface Fault {
  key: string;
  value: string;
  detail: string;
}

export interface Place {
  key: string;
  section: DeclarationSection;
  field: DeclarationField;
}

export const valuesOf = (declaration: Pick<Declaration, 'values'>): Values =>
  Object.fromEntries(declaration.values.map(({ key, value }) => [key, value]));

export const keyOf = (section: DeclarationSection, field: DeclarationField): string =>
  `${section.key}/${field.key}`;

/** All fields, in the order of the paper. */
export const placesOf = (form: DeclarationForm): Place[] =>
  form.sections.flatMap((section) =>
    section.fields.map((field) => ({ key: keyOf(section, field), section, field })),
  );

/** Parties with the section in which each is described first: there its card is scanned. */
export function partiesIn(form: DeclarationForm): Map<string, DeclarationForm['parties'][number]> {
  const out = new Map<string, DeclarationForm['parties'][number]>();
  for (const party of form.parties) {
    const first = form.sections.find((section) => section.party === party.key);
    if (first) out.set(first.key, party);
  }
  return out;
}

/** The field of which a pointer into a change speaks: `/values/mother~1full_name`. */
export function keyOfPointer(pointer: string): string | null {
  const [list, key, ...more] = pointer.replace(/^#?\//, '').split('/');
  if (list !== 'values' || !key || more.length > 0) return null;
  return key.replace(/~1/g, '/').replace(/~0/g, '~');
}

/** What a refusal says about single fields; `value`: what stood in them when it was asked. */
export function faultsOf(problem: ApiProblem, value: (key: string) => string): Fault[] {
  const faults: Fault[] = [];
  for (const { pointer, detail, code } of problem.errors) {
    const key = keyOfPointer(pointer);
    if (key !== null && !faults.some((f) => f.key === key))
      faults.push({ key, value: value(key), detail: detail || code });
  }
  return faults;
}

/** Faults in whose fields still stands what they are about. */
export const standing = (faults: Fault[], value: (key: string) => string): Fault[] =>
  faults.filter((fault) => fault.value === value(fault.key));

/** In the order of the paper; what stands in no field of it comes last. */
export function inOrder(form: DeclarationForm, faults: Fault[]): Fault[] {
  const order = placesOf(form).map(({ key }) => key);
  const at = ({ key }: Fault) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...faults].sort((a, b) => at(a) - at(b));
}

/** What is to be saved: all that was typed but what was refused as it stands. Emptied fields are taken out. */
export function toSend(typed: Values, faults: Fault[]): Record<string, string | null> {
  const out: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(typed))
    if (!faults.some((f) => f.key === key && f.value === value))
      out[key] = value.trim() === '' ? null : value;
  return out;
}

/** What is still unsaved when `sent` has been taken: whoever has typed on meanwhile goes on with that. */
export const leftOf = (typed: Values, sent: Record<string, string | null>): Values =>
  Object.fromEntries(
    Object.entries(typed).filter(
      ([key, value]) => !(key in sent) || (sent[key] ?? '').trim() !== value.trim(),
    ),
  );

/** What is still typed when a card or an earlier paper has filled fields: those now say something else. */
export const notFilled = (typed: Values, before: Values, after: Values): Values =>
  Object.fromEntries(Object.entries(typed).filter(([key]) => (before[key] ?? '') === (after[key] ?? '')));

/** Fields that somebody else has changed meanwhile to something else than was typed here. */
export const contested = (typed: Values, before: Values, theirs: Values): string[] =>
  Object.entries(typed)
    .filter(([key, value]) => {
      const now = theirs[key] ?? '';
      return now !== (before[key] ?? '') && now !== value.trim();
    })
    .map(([key]) => key);

/** A value as people read it. */
export function shownValue(field: DeclarationField, value: string, language: Language): string {
  if (field.kind === 'choice')
    return field.options.find((option) => option.value === value)?.name[language] ?? value;
  if (field.kind === 'number' && /^\d{1,15}$/.test(value)) return groupVnd(Number(value));
  return value;
}

/** How many fields were filled from earlier papers: what is told after asking for them. */
export const fromEarlier = (declaration: Pick<Declaration, 'values'>): number =>
  declaration.values.filter(({ source }) => source === 'dossier').length;
