import type { ComponentType } from 'react';
import type { ApiProblem } from '@/shared/api/problem';
import type { Dossier } from '@/shared/api/types';
import type { DossierCommand } from '../commands';
import { DraftApologyForm, ExtendForm, ReturnApologyForm } from './apologyForms';
import { AcknowledgeForm, DecisionForm, HandoverForm, ResultForm, StepForm } from './handlingForms';
import { PaymentForm, PaymentRequestForm } from './paymentForms';
import {
  AcceptForm,
  ClaimForm,
  RefuseForm,
  SupplementForm,
  SupplementRequestForm,
  TransferForm,
  WithdrawForm,
} from './receptionForms';
import { ReturnForm } from './ReturnForm';
import {
  ConsultationForm,
  CorrectForm,
  HoldForm,
  ReplyForm,
  ResumeForm,
  StopForm,
  UndoForm,
} from './turnForms';

export interface ActionFormProps {
  dossier: Dossier;
  problem: ApiProblem | null;
  busy: boolean;
  /** In a dialog, which puts the focus where it is wanted. */
  autoFocus?: boolean;
  onSend: (command: DossierCommand) => void;
}

/** The form of each action the screens know. Actions without one are carried out elsewhere. */
export const actionForms = {
  acceptances: AcceptForm,
  handovers: HandoverForm,
  acknowledgements: AcknowledgeForm,
  claims: ClaimForm,
  steps: StepForm,
  consultations: ConsultationForm,
  'consultation-replies': ReplyForm,
  'payment-requests': PaymentRequestForm,
  payments: PaymentForm,
  decisions: DecisionForm,
  results: ResultForm,
  returns: ReturnForm,
  'supplement-requests': SupplementRequestForm,
  supplements: SupplementForm,
  refusals: RefuseForm,
  withdrawals: WithdrawForm,
  holds: HoldForm,
  resumptions: ResumeForm,
  stops: StopForm,
  transfers: TransferForm,
  apologies: DraftApologyForm,
  extensions: ExtendForm,
  'apology-returns': ReturnApologyForm,
  corrections: CorrectForm,
  undos: UndoForm,
} as const satisfies Record<string, ComponentType<ActionFormProps>>;

export type FormAction = keyof typeof actionForms;

export const isFormAction = (action: string): action is FormAction => action in actionForms;
