import type { ComponentType } from 'react';
import type { ApiProblem } from '@/shared/api/problem';
import type { Dossier } from '@/shared/api/types';
import type { DossierCommand } from '../api';
import {
  AcceptForm,
  ClaimForm,
  RefuseForm,
  SupplementForm,
  SupplementRequestForm,
  WithdrawForm,
} from './receptionForms';
import { AcknowledgeForm, DecisionForm, HandoverForm, ResultForm } from './handlingForms';
import { ReturnForm } from './ReturnForm';

export interface ActionFormProps {
  dossier: Dossier;
  problem: ApiProblem | null;
  busy: boolean;
  onSend: (command: DossierCommand) => void;
}

/** The form of each action the screens know. Actions without one are carried out elsewhere. */
export const actionForms = {
  acceptances: AcceptForm,
  handovers: HandoverForm,
  acknowledgements: AcknowledgeForm,
  claims: ClaimForm,
  decisions: DecisionForm,
  results: ResultForm,
  returns: ReturnForm,
  'supplement-requests': SupplementRequestForm,
  supplements: SupplementForm,
  refusals: RefuseForm,
  withdrawals: WithdrawForm,
} as const satisfies Record<string, ComponentType<ActionFormProps>>;

export type FormAction = keyof typeof actionForms;

export const isFormAction = (action: string): action is FormAction => action in actionForms;
