import type { CountFilter, Role } from '@/shared/api/types';

/** The work lists: what each asks the server for. Names are translation keys. */
export const workLists = {
  toHandOver: { awaiting: 'handover' },
  awaitingAcknowledgement: { state: 'accepted', awaiting: 'acknowledgement' },
  toAcknowledge: { state: 'accepted', awaiting: 'acknowledgement' },
  online: { awaiting: 'answer' },
  supplements: { state: 'supplement_requested' },
  intakeSupplements: { state: 'intake_supplement_requested' },
  processing: { state: 'processing', desk: 'handler' },
  toRecord: { awaiting: 'result' },
  toSign: { awaiting: 'signature' },
  toHandBack: { awaiting: 'hand_back' },
  overdue: { due: 'overdue' },
  dueToday: { due: 'today' },
  dueSoon: { due: 'soon' },
  awaitingPayment: { state: 'payment_required' },
  awaitingOpinion: { awaiting: 'opinion' },
  onHold: { state: 'on_hold' },
} as const satisfies Record<string, CountFilter>;

export type WorkList = keyof typeof workLists;

const byRole: Record<Role, WorkList[]> = {
  reception: ['toHandOver', 'awaitingAcknowledgement', 'online', 'supplements', 'intakeSupplements'],
  handler: ['toAcknowledge', 'processing', 'toRecord', 'supplements', 'awaitingOpinion', 'dueSoon'],
  leader: ['toSign', 'toRecord', 'overdue', 'dueSoon', 'onHold'],
  cashier: ['awaitingPayment', 'dueToday'],
  results_desk: ['toHandBack'],
  director: ['overdue', 'dueToday', 'dueSoon', 'toHandOver', 'toSign', 'toHandBack'],
  inspector: ['overdue', 'dueToday', 'dueSoon', 'supplements'],
  admin: [],
};

/** The lists of a person, in the order of their roles, each once. */
export function listsFor(roles: Role[]): WorkList[] {
  return [...new Set(roles.flatMap((role) => byRole[role]))];
}

/** Whether a list is of what is given to other desks; those who give sign a sheet for it. */
export const isOfHandingOver = (list: WorkList): boolean =>
  list === 'toHandOver' || list === 'awaitingAcknowledgement';

export const isWorkList = (value: unknown): value is WorkList =>
  typeof value === 'string' && value in workLists;
