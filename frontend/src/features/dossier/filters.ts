import { isConcern } from '@/features/deadline/concerns';
import type {
  Channel,
  Concern,
  Desk,
  DossierConditions,
  DossierFilter,
  DossierState,
} from '@/shared/api/types';

export const dossierStates: DossierState[] = [
  'submitted',
  'intake_supplement_requested',
  'accepted',
  'processing',
  'supplement_requested',
  'payment_required',
  'on_hold',
  'completed',
  'returned',
  'refused_at_intake',
  'withdrawn',
  'stopped',
  'transferred',
];

export const channelChoices: Channel[] = ['counter', 'online', 'post', 'home', 'kiosk'];

export const deskChoices: Desk[] = ['reception', 'handler', 'leader', 'results_desk', 'citizen', 'archive'];

export const dueChoices = ['overdue', 'today', 'soon'] as const;
export type DueChoice = (typeof dueChoices)[number];

/** Filters of the dossier list as they stand in the page's address. */
export interface DossierSearch {
  q?: string;
  state?: DossierState;
  authority?: string;
  field?: string;
  procedure?: string;
  channel?: Channel;
  mine?: true;
  /** Only what is not finished. */
  open?: true;
  due?: DueChoice;
  /** In which list of what is watched. */
  concern?: Concern;
  desk?: Desk;
  /** Id of who handles it. */
  handler?: string;
  from?: string;
  to?: string;
  cursor?: string;
}

/**
 * Looks like an identity number, a phone number or a good part of one. Such a search is carried out but never put
 * into the address of the page, where the browser would keep it.
 */
export function looksPersonal(text: string): boolean {
  // A procedure's code ("1.001193") is a digit, a dot and six digits: public, and often searched for.
  if (/^\d\.\d{6}$/.test(text.trim())) return false;
  const digits = text.replace(/[\s.\-()+]/g, '');
  return /^\d{6,}$/.test(digits) || /@/.test(text);
}

const text = (value: unknown): string | undefined => {
  const s = typeof value === 'number' ? String(value) : value;
  return typeof s === 'string' && s.trim() !== '' ? s.trim() : undefined;
};
const day = (value: unknown) => {
  const s = text(value);
  return s && /^\d{4}-\d{2}-\d{2}$/.test(s) ? s : undefined;
};

const flag = (value: unknown): true | undefined => (value === true || value === 'true' ? true : undefined);

/** Reads the filters from the address; what makes no sense there is dropped, as is a personal number. */
export function readDossierSearch(raw: Record<string, unknown>): DossierSearch {
  const q = text(raw.q);
  const state = text(raw.state) as DossierState | undefined;
  const due = text(raw.due) as DueChoice | undefined;
  const search: DossierSearch = {
    q: q && !looksPersonal(q) ? q : undefined,
    state: state && dossierStates.includes(state) ? state : undefined,
    authority: text(raw.authority),
    field: text(raw.field),
    procedure: text(raw.procedure),
    channel: channelChoices.find((c) => c === raw.channel),
    mine: flag(raw.mine),
    open: flag(raw.open),
    due: due && dueChoices.includes(due) ? due : undefined,
    concern: isConcern(raw.concern) ? raw.concern : undefined,
    desk: deskChoices.find((d) => d === raw.desk),
    handler: text(raw.handler),
    from: day(raw.from),
    to: day(raw.to),
    cursor: text(raw.cursor),
  };
  return Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined));
}

/** The conditions of these filters that can be kept: all but what was typed to find somebody. */
export function toConditions(search: DossierSearch): DossierConditions {
  return {
    state: search.state,
    authority_id: search.authority,
    field_code: search.field,
    procedure_code: search.procedure,
    channel: search.channel,
    mine: search.mine,
    open: search.open,
    due: search.due,
    concern: search.concern,
    desk: search.desk,
    handler_id: search.handler,
    received_from: search.from,
    received_to: search.to,
  };
}

/** Conditions that were kept, as they stand in the page's address. */
export function fromConditions(kept: DossierConditions): DossierSearch {
  return readDossierSearch({
    state: kept.state,
    authority: kept.authority_id,
    field: kept.field_code,
    procedure: kept.procedure_code,
    channel: kept.channel,
    mine: kept.mine,
    open: kept.open,
    due: kept.due,
    concern: kept.concern,
    desk: kept.desk,
    handler: kept.handler_id,
    from: kept.received_from,
    to: kept.received_to,
  });
}

/** The question to the server for these filters; `privateQuery` is a search kept out of the address. */
export function toFilter(search: DossierSearch, privateQuery?: string): DossierFilter {
  return {
    ...toConditions(search),
    q: privateQuery || search.q,
    cursor: search.cursor,
    limit: 25,
  } as DossierFilter;
}
