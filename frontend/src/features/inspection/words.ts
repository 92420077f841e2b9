import type {
  ConductFilter,
  ConductRecord,
  EvidenceKind,
  FindingFilter,
  FindingItem,
  Inspection,
  InspectionFilter,
  InspectionSample,
  InspectionUnit,
} from '@/shared/api/types';
import type { Tone } from '@/shared/ui/Notice';

export const kinds = ['internal_check', 'scheduled', 'unannounced'] as const;
export const states = ['open', 'ended', 'concluded'] as const;
export const outcomes = ['in_order', 'finding', 'not_found'] as const;
/** What of a sample is looked at: with what is still to be checked. */
export const unitStates = ['unchecked', ...outcomes] as const;
export type UnitState = (typeof unitStates)[number];
export const findingKinds = [
  'deadline',
  'papers',
  'fees',
  'procedure',
  'conduct',
  'publicity',
  'digitisation',
  'other',
] as const;
export const findingStates = ['open', 'reported', 'closed', 'withdrawn'] as const;
export const conductKinds = ['commendation', 'discipline'] as const;
export const evidenceKinds: readonly EvidenceKind[] = [
  'dossier',
  'feedback',
  'finding',
  'inspection',
  'index_line',
];

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined =>
  all.find((word) => word === value);
const said = (value: unknown) => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
};
const yes = (value: unknown): 1 | undefined => (value === 1 || value === '1' ? 1 : undefined);
const given = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined)) as T;

/** Whether a list is narrowed, paging aside. */
export const isNarrowed = (search: object) => Object.keys(search).some((key) => key !== 'cursor');

/** What the list of inspections is narrowed by, as it stands in an address. */
export interface InspectionSearch {
  kind?: Inspection['kind'];
  state?: Inspection['state'];
  mine?: 1;
  cursor?: string;
}

export const readInspectionSearch = (raw: Record<string, unknown>): InspectionSearch =>
  given({
    kind: oneOf(kinds, raw.kind),
    state: oneOf(states, raw.state),
    mine: yes(raw.mine),
    cursor: said(raw.cursor),
  });

export const inspectionFilter = ({ mine, ...rest }: InspectionSearch): InspectionFilter => ({
  ...rest,
  limit: 20,
  ...(mine ? { mine: true } : {}),
});

/** What of a sample's list is looked at. */
export interface UnitSearch {
  outcome?: UnitState;
  cursor?: string;
}

export const readUnitSearch = (raw: Record<string, unknown>): UnitSearch =>
  given({ outcome: oneOf(unitStates, raw.outcome), cursor: said(raw.cursor) });

/** What a new finding is about, handed over by the page one comes from. */
export interface NewFindingSearch {
  dossier?: string;
  code?: string;
  authority?: string;
}

export const readNewFindingSearch = (raw: Record<string, unknown>): NewFindingSearch =>
  given({ dossier: said(raw.dossier), code: said(raw.code), authority: said(raw.authority) });

/** What the desk of findings is narrowed by. */
export interface FindingSearch {
  only?: 'open' | 'overdue' | 'settled';
  state?: FindingItem['state'];
  kind?: FindingItem['kind'];
  authority?: string;
  inspection?: string;
  mine?: 1;
  cursor?: string;
}

export const onlyFindings = ['open', 'overdue', 'settled'] as const;

export const readFindingSearch = (raw: Record<string, unknown>): FindingSearch =>
  given({
    only: oneOf(onlyFindings, raw.only),
    state: oneOf(findingStates, raw.state),
    kind: oneOf(findingKinds, raw.kind),
    authority: said(raw.authority),
    inspection: said(raw.inspection),
    mine: yes(raw.mine),
    cursor: said(raw.cursor),
  });

/** The same as the list is asked for. */
export const findingFilter = (search: FindingSearch): FindingFilter => ({
  limit: 20,
  ...given({
    kind: search.kind,
    state: search.state,
    authority_id: search.authority,
    inspection_id: search.inspection,
    cursor: search.cursor,
    open: search.only === 'open' ? true : search.only === 'settled' ? false : undefined,
    overdue: search.only === 'overdue' ? true : undefined,
    mine: search.mine ? true : undefined,
  }),
});

/** What the list of commendation and discipline is narrowed by. */
export interface ConductSearch {
  kind?: ConductRecord['kind'];
  authority?: string;
  cursor?: string;
}

export const readConductSearch = (raw: Record<string, unknown>): ConductSearch =>
  given({ kind: oneOf(conductKinds, raw.kind), authority: said(raw.authority), cursor: said(raw.cursor) });

export const conductFilter = ({ authority, ...rest }: ConductSearch): ConductFilter => ({
  ...rest,
  limit: 20,
  ...(authority ? { authority_id: authority } : {}),
});

export type Access = 'before' | 'running' | 'over' | 'ended' | 'concluded';

const DAY_MS = 86_400_000;

/** Whether a team may look on a day, and for how many days yet, that one counted. */
export function accessOf(
  inspection: Pick<Inspection, 'state' | 'access_from' | 'access_to'>,
  today: string,
): { access: Access; days: number } {
  const { state, access_from: from, access_to: to } = inspection;
  if (state !== 'open') return { access: state, days: 0 };
  if (today < from) return { access: 'before', days: 0 };
  if (today > to) return { access: 'over', days: 0 };
  const days = Math.round((Date.parse(to) - Date.parse(today)) / DAY_MS) + 1;
  return { access: 'running', days };
}

export const accessTone: Record<Access, Tone> = {
  before: 'plain',
  running: 'accent',
  over: 'soon',
  ended: 'rest',
  concluded: 'good',
};

export const findingTone: Record<FindingItem['state'], Tone> = {
  open: 'soon',
  reported: 'accent',
  closed: 'good',
  withdrawn: 'rest',
};

/** How many of a sample came to what. */
export function tallyOf(sample: InspectionSample): Record<UnitState, number> {
  return {
    unchecked: sample.unchecked,
    in_order: sample.in_order,
    finding: sample.findings,
    not_found: sample.not_found,
  };
}

export const stateOf = (unit: Pick<InspectionUnit, 'outcome'>): UnitState => unit.outcome ?? 'unchecked';

/** `2026-Q1 · 2 · 7`, as a line of indices is called when something rests on it, in its parts. */
export function indexLineOf(label: string): { quarter: string; version: string; index: number } | undefined {
  const found = /^(\d{4}-Q[1-4]) · (\d+) · ([1-9])$/.exec(label);
  if (!found) return undefined;
  const [, quarter = '', version = '', index = ''] = found;
  return { quarter, version, index: Number(index) };
}

/** The first words of a text, for a list. */
export const briefly = (text: string, most = 160) =>
  text.length > most ? `${text.slice(0, most).trimEnd()}…` : text;
