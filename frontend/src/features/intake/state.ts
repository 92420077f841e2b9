import type {
  AuthorisationScope,
  Channel,
  CitizenCard,
  ComponentIn,
  DeliveryMethod,
  NewDossier,
  PersonKind,
  PersonWhole,
  Procedure,
  ProcedureComponent,
} from '@/shared/api/types';
import { newKey } from '@/shared/api/intent';
import { formatBirthDate, parseBirthDate } from '@/shared/ui/format';

export const personFields = [
  'identity_number',
  'full_name',
  'birth_date',
  'address',
  'phone',
  'email',
] as const;
export type PersonField = (typeof personFields)[number];

/** Where a field's content comes from; the citizen is told, and it is shown beside every field. */
export type Source = 'card' | 'typed';

export interface Person {
  kind: PersonKind;
  values: Record<PersonField, string>;
  sources: Partial<Record<PersonField, Source>>;
  relation: string;
  authorisation: string;
  /** What the authorisation covers; empty: not said. */
  authorisationScope: '' | AuthorisationScope;
  /** Its last day, `YYYY-MM-DD`; empty: not said. */
  authorisationUntil: string;
}

export interface Counts {
  originals: number;
  certified_copies: number;
  photocopies: number;
}

export interface IntakeForm {
  /** One for each person at the counter: what they file together stands on one slip. */
  visitId: string;
  owner: Person;
  filer: Person;
  otherFiler: boolean;
  procedureCode: string;
  authorityId: string;
  counts: Record<string, Counts>;
  copiesCount: number;
  delivery: DeliveryMethod;
  deliveryAddress: string;
  channel: Channel;
  checkOnly: boolean;
  onTheSpot: boolean;
  signerId: string;
  resultNumber: string;
  note: string;
}

const emptyValues = (): Record<PersonField, string> => ({
  identity_number: '',
  full_name: '',
  birth_date: '',
  address: '',
  phone: '',
  email: '',
});
export const emptyPerson = (): Person => ({
  kind: 'citizen',
  values: emptyValues(),
  sources: {},
  relation: '',
  authorisation: '',
  authorisationScope: '',
  authorisationUntil: '',
});
export const noCounts: Counts = { originals: 0, certified_copies: 0, photocopies: 0 };

/** A blank form; the ward chosen for the last person stays chosen for the next. */
export const emptyForm = (authorityId = ''): IntakeForm => ({
  visitId: newKey(),
  owner: emptyPerson(),
  filer: emptyPerson(),
  otherFiler: false,
  procedureCode: '',
  authorityId,
  counts: {},
  copiesCount: 1,
  delivery: 'counter',
  deliveryAddress: '',
  channel: 'counter',
  checkOnly: false,
  onTheSpot: false,
  signerId: '',
  resultNumber: '',
  note: '',
});

/** Another dossier of the same person: who they are stays, what they file is new. */
export const nextOfVisit = (last: IntakeForm): IntakeForm => ({
  ...emptyForm(last.authorityId),
  visitId: last.visitId,
  owner: last.owner,
  filer: last.filer,
  otherFiler: last.otherFiler,
});

/** Puts what the card says into the form. What the card does not say stays as it was typed. */
export function fillFromCard(person: Person, card: CitizenCard): Person {
  const said: Partial<Record<PersonField, string>> = {
    identity_number: card.identity_number,
    full_name: card.full_name,
    birth_date: card.birth_date ? formatBirthDate(card.birth_date) : undefined,
    address: card.address ?? undefined,
  };
  const values = { ...person.values };
  const sources = { ...person.sources };
  for (const field of personFields) {
    const value = said[field];
    if (value) {
      values[field] = value;
      sources[field] = 'card';
    }
  }
  return { ...person, values, sources };
}

/** Something typed over what the card said is no longer from the card. */
export function typeInto(person: Person, field: PersonField, value: string): Person {
  const sources = { ...person.sources };
  if (value) sources[field] = 'typed';
  else delete sources[field];
  return { ...person, values: { ...person.values, [field]: value }, sources };
}

const clean = (text: string) => text.trim() || undefined;
const digits = (text: string) => clean(text.replace(/[\s.]/g, ''));

/** Names of required papers of which nothing was handed in. */
export function missingPapers(components: ProcedureComponent[], counts: Record<string, Counts>): string[] {
  return components
    .filter((c) => {
      const n = counts[c.id] ?? noCounts;
      return c.required && n.originals + n.certified_copies + n.photocopies === 0;
    })
    .map((c) => c.name);
}

/** The owner as the server takes it. */
export const toOwner = ({ kind, values }: Person): NewDossier['owner'] => ({
  kind,
  full_name: values.full_name.trim(),
  identity_number: digits(values.identity_number),
  birth_date: clean(parseBirthDate(values.birth_date)),
  phone: digits(values.phone),
  email: clean(values.email),
  address: clean(values.address),
});

/** The filer as the server takes it. */
export const toFiler = ({
  values,
  relation,
  authorisation,
  authorisationScope,
  authorisationUntil,
}: Person): NonNullable<NewDossier['filer']> => ({
  full_name: values.full_name.trim(),
  identity_number: digits(values.identity_number),
  phone: digits(values.phone),
  email: clean(values.email),
  address: clean(values.address),
  relation: clean(relation),
  authorisation: clean(authorisation),
  authorisation_scope: authorisationScope || undefined,
  authorisation_until: clean(authorisationUntil),
});

/** Somebody as a dossier names him, in the fields of the form. */
export function toPerson(
  known: PersonWhole,
  filer?: {
    relation?: string | null;
    authorisation?: string | null;
    authorisation_scope?: AuthorisationScope | null;
    authorisation_until?: string | null;
  },
): Person {
  const values = emptyValues();
  for (const field of personFields) values[field] = known[field] ?? '';
  if (values.birth_date) values.birth_date = formatBirthDate(values.birth_date);
  return {
    kind: known.kind ?? 'citizen',
    values,
    sources: {},
    relation: filer?.relation ?? '',
    authorisation: filer?.authorisation ?? '',
    authorisationScope: filer?.authorisation_scope ?? '',
    authorisationUntil: filer?.authorisation_until ?? '',
  };
}

/** The papers that were handed in; the others are not listed. */
export const handedIn = (components: { id: string }[], counts: Record<string, Counts>): ComponentIn[] =>
  components
    .map((c) => ({ component_id: c.id, ...(counts[c.id] ?? noCounts) }))
    .filter((c) => c.originals + c.certified_copies + c.photocopies > 0);

/** Whether a result that goes this way needs an address. */
export const isSent = (method: DeliveryMethod) => method === 'post' || method === 'home';

/** Where the result goes. An address typed before another way was chosen is on no screen, so it is not sent. */
export const toDelivery = (method: DeliveryMethod, address: string): NewDossier['result_delivery'] => ({
  method,
  address: isSent(method) ? clean(address) : undefined,
});

/** What is sent; `draft`: what it was begun as, at the version that was seen. */
export function toNewDossier(
  form: IntakeForm,
  procedure: Procedure,
  draft?: { id: string; version: number } | null,
): NewDossier {
  const { owner, filer } = form;
  return {
    procedure_code: procedure.code,
    authority_id: form.authorityId,
    channel: form.channel,
    intake_mode: form.checkOnly ? 'check' : 'accept',
    owner: toOwner(owner),
    filer: form.otherFiler ? toFiler(filer) : undefined,
    components: handedIn(procedure.components, form.counts),
    copies_count: form.copiesCount,
    result_delivery: toDelivery(form.delivery, form.deliveryAddress),
    note: clean(form.note),
    visit_id: form.visitId,
    draft_id: draft?.id,
    draft_version: draft?.version,
    on_the_spot:
      form.onTheSpot && procedure.flags.on_the_spot && !form.checkOnly
        ? { signer_user_id: form.signerId, result_number: clean(form.resultNumber) }
        : undefined,
  };
}
