import type { Api, Dossier } from './api.ts';

/** A payment request, as far as the tests care. */
export interface Asked {
  id: string;
  reference: string;
  payee: { bank_bin: string; account_number: string };
}

/** Works out what a dossier costs, so that it owes lệ phí of this amount. */
export async function owesLePhi(api: Api, { id }: Dossier, amount: number): Promise<{ id: string; code: string }> {
  const { version, code } = await api.get('tiepnhan', id);
  const line = { line_id: 'le_phi_ho_tich', amount_vnd: amount, source: 'Nghị quyết 15/2025/NQ-HĐND' };
  await api.call('tiepnhan', 'POST', `/dossiers/${id}/assessments`, { stated: [line] }, version);
  return { id, code: code ?? '' };
}

/** Somebody pays at the simulated bank. */
export async function payAtBank(api: Api, asked: Asked, amount: number): Promise<void> {
  await api.call('thungan', 'POST', '/demo/bank-transfers', {
    ...asked.payee,
    bank_name: undefined,
    holder: undefined,
    amount_vnd: amount,
    description: `${asked.reference} nop le phi`,
    payer_name: 'TRAN VAN BINH',
  });
}
