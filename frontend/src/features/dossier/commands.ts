import { api, etag, unwrap } from '@/shared/api/client';
import type {
  Dossier,
  NewAcceptance,
  NewAcknowledgement,
  NewApology,
  NewApologyReturn,
  NewClaim,
  NewConsultation,
  NewConsultationReply,
  NewCorrection,
  NewDecision,
  NewExtension,
  NewHandover,
  NewPayment,
  NewPaymentRequest,
  NewRefusal,
  NewResult,
  NewResumption,
  NewReturn,
  NewStep,
  NewStop,
  NewSupplement,
  NewSupplementRequest,
  NewTransfer,
  NewUndo,
} from '@/shared/api/types';

/** What an officer does with a dossier: the record that is created, and its content. */
export type DossierCommand =
  | { action: 'acceptances'; body: NewAcceptance }
  | { action: 'refusals'; body: NewRefusal }
  | { action: 'supplement-requests'; body: NewSupplementRequest }
  | { action: 'supplements'; body: NewSupplement }
  | { action: 'handovers'; body: NewHandover }
  | { action: 'acknowledgements'; handoverId: string; body: NewAcknowledgement }
  | { action: 'claims'; body: NewClaim }
  | { action: 'decisions'; body: NewDecision }
  | { action: 'results'; body: NewResult }
  | { action: 'returns'; body: NewReturn }
  | { action: 'withdrawals'; body: { reason: string; declined?: boolean } }
  | { action: 'consultations'; body: NewConsultation }
  | { action: 'consultation-replies'; body: NewConsultationReply }
  | { action: 'steps'; body: NewStep }
  | { action: 'payment-requests'; body: NewPaymentRequest }
  | { action: 'payments'; body: NewPayment }
  | { action: 'stops'; body: NewStop }
  | { action: 'holds'; body: NewStop }
  | { action: 'resumptions'; body: NewResumption }
  | { action: 'transfers'; body: NewTransfer }
  | { action: 'apologies'; body: NewApology }
  | { action: 'apology-returns'; body: NewApologyReturn }
  | { action: 'extensions'; body: NewExtension }
  | { action: 'corrections'; body: NewCorrection }
  | { action: 'undos'; body: NewUndo };

/** A dossier, and the version of it that was seen. */
export interface Target {
  id: string;
  version: number;
}

/** Carries a command out; `key` tells the server a repetition from a second one. */
export function send({ id, version }: Target, command: DossierCommand, key: string): Promise<Dossier> {
  const params = {
    path: { id },
    header: { 'If-Match': etag(version), 'Idempotency-Key': key },
  };
  switch (command.action) {
    case 'acceptances':
      return unwrap(api.POST('/api/v1/dossiers/{id}/acceptances', { params, body: command.body }));
    case 'refusals':
      return unwrap(api.POST('/api/v1/dossiers/{id}/refusals', { params, body: command.body }));
    case 'supplement-requests':
      return unwrap(api.POST('/api/v1/dossiers/{id}/supplement-requests', { params, body: command.body }));
    case 'supplements':
      return unwrap(api.POST('/api/v1/dossiers/{id}/supplements', { params, body: command.body }));
    case 'handovers':
      return unwrap(api.POST('/api/v1/dossiers/{id}/handovers', { params, body: command.body }));
    case 'acknowledgements':
      return unwrap(
        api.POST('/api/v1/dossiers/{id}/handovers/{hid}/acknowledgements', {
          params: { ...params, path: { id, hid: command.handoverId } },
          body: command.body,
        }),
      );
    case 'claims':
      return unwrap(api.POST('/api/v1/dossiers/{id}/claims', { params, body: command.body }));
    case 'decisions':
      return unwrap(api.POST('/api/v1/dossiers/{id}/decisions', { params, body: command.body }));
    case 'results':
      return unwrap(api.POST('/api/v1/dossiers/{id}/results', { params, body: command.body }));
    case 'returns':
      return unwrap(api.POST('/api/v1/dossiers/{id}/returns', { params, body: command.body }));
    case 'withdrawals':
      return unwrap(api.POST('/api/v1/dossiers/{id}/withdrawals', { params, body: command.body }));
    case 'consultations':
      return unwrap(api.POST('/api/v1/dossiers/{id}/consultations', { params, body: command.body }));
    case 'consultation-replies':
      return unwrap(api.POST('/api/v1/dossiers/{id}/consultation-replies', { params, body: command.body }));
    case 'steps':
      return unwrap(api.POST('/api/v1/dossiers/{id}/steps', { params, body: command.body }));
    case 'payment-requests':
      return unwrap(api.POST('/api/v1/dossiers/{id}/payment-requests', { params, body: command.body }));
    case 'payments':
      return unwrap(api.POST('/api/v1/dossiers/{id}/payments', { params, body: command.body }));
    case 'stops':
      return unwrap(api.POST('/api/v1/dossiers/{id}/stops', { params, body: command.body }));
    case 'holds':
      return unwrap(api.POST('/api/v1/dossiers/{id}/holds', { params, body: command.body }));
    case 'resumptions':
      return unwrap(api.POST('/api/v1/dossiers/{id}/resumptions', { params, body: command.body }));
    case 'transfers':
      return unwrap(api.POST('/api/v1/dossiers/{id}/transfers', { params, body: command.body }));
    case 'apologies':
      return unwrap(api.POST('/api/v1/dossiers/{id}/apologies', { params, body: command.body }));
    case 'apology-returns':
      return unwrap(api.POST('/api/v1/dossiers/{id}/apology-returns', { params, body: command.body }));
    case 'extensions':
      return unwrap(api.POST('/api/v1/dossiers/{id}/extensions', { params, body: command.body }));
    case 'corrections':
      return unwrap(api.POST('/api/v1/dossiers/{id}/corrections', { params, body: command.body }));
    case 'undos':
      return unwrap(api.POST('/api/v1/dossiers/{id}/undos', { params, body: command.body }));
  }
}
