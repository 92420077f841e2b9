import { emptyDrawing, type Drawing } from '@/features/sampling/drawing';
import { marginOf } from '@/features/sampling/margin';
import type { NewInspection, NewInspectionSample } from '@/shared/api/types';

/** An inspection as it is typed. */
export interface InspectionForm {
  kind: NewInspection['kind'];
  subject: string;
  number: string;
  decisionOn: string;
  decidedBy: string;
  scope: 'whole' | 'named';
  authorities: string[];
  periodFrom: string;
  periodTo: string;
  accessFrom: string;
  accessTo: string;
  head: string;
  members: string[];
}

export const emptyInspection: InspectionForm = {
  kind: 'internal_check',
  subject: '',
  number: '',
  decisionOn: '',
  decidedBy: '',
  scope: 'whole',
  authorities: [],
  periodFrom: '',
  periodTo: '',
  accessFrom: '',
  accessTo: '',
  head: '',
  members: [],
};

/** What cannot be sent empty: a day or the head is no text that the server could complain of. */
export type Missing = 'decision_on' | 'period_from' | 'period_to' | 'access_from' | 'access_to' | 'members';

export function missingOf(form: InspectionForm): Missing[] {
  const needed: [Missing, string][] = [
    ['decision_on', form.decisionOn],
    ['period_from', form.periodFrom],
    ['period_to', form.periodTo],
    ['access_from', form.accessFrom],
    ['access_to', form.accessTo],
    ['members', form.head],
  ];
  return needed.filter(([, value]) => value === '').map(([name]) => name);
}

/** The head is the first of the team; the others in the order they were chosen. */
export const inspectionBody = (form: InspectionForm): NewInspection => ({
  kind: form.kind,
  subject: form.subject.trim(),
  decision_number: form.number.trim(),
  decision_on: form.decisionOn,
  decided_by: form.decidedBy.trim(),
  authority_ids: form.scope === 'named' ? form.authorities : undefined,
  period_from: form.periodFrom,
  period_to: form.periodTo,
  access_from: form.accessFrom,
  access_to: form.accessTo,
  members: [
    { user_id: form.head, head: true },
    ...form.members.filter((id) => id !== '').map((id) => ({ user_id: id, head: false })),
  ],
});

/** The members with one more place to fill, none of them empty between. */
export function withMember(members: string[], at: number, id: string): string[] {
  const next = [...members];
  next[at] = id;
  return next.filter((member) => member !== '');
}

/** A sample as it is typed. */
export interface SampleForm extends Drawing {
  from: 'finished' | 'received';
}

export const emptySample: SampleForm = { from: 'finished', ...emptyDrawing };

/** Nothing where the margin is none; it is not asked for where the size is named. */
export function sampleBody(form: SampleForm): NewInspectionSample | undefined {
  const own = form.size !== '';
  const margin = marginOf(form.margin);
  if (!own && margin === undefined) return undefined;
  return {
    finished_only: form.from === 'finished',
    margin_basis_points: margin,
    sample_size: own ? Number(form.size) : undefined,
    seed: form.seed.trim() || undefined,
  };
}
