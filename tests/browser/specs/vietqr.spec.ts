import { scanRGBABuffer } from '@undecaf/zbar-wasm';
import { PNG } from 'pngjs';
import { QRPay } from 'vietnam-qr-pay';
import type { Api } from '../support/api.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

interface Request {
  id: string;
  reference: string;
  payload: string;
  payee: { bank_bin: string; account_number: string };
}

/** What somebody else's decoder (zbar) reads in a picture. */
async function readBack(picture: Buffer): Promise<string[]> {
  const { data, width, height } = PNG.sync.read(picture);
  const pixels = new Uint8Array(data).buffer;
  return (await scanRGBABuffer(pixels, width, height)).map((found) => found.decode());
}

/** Codes that `POST /vietqr/encode` writes, of every kind it knows. */
const WANTED = [
  { bank_bin: '970423', account_number: '0099999999', service: 'account' },
  { bank_bin: '970415', account_number: '0011001932418', amount_vnd: 120_000, purpose: 'ung ho lu lut', service: 'account' },
  { bank_bin: '970403', account_number: '9704031101234567', service: 'card' },
  { bank_bin: '970436', account_number: 'VQR0000ABC1', amount_vnd: 1, purpose: 'Nộp lệ phí hộ tịch', service: 'account' },
  { bank_bin: '970418', account_number: '1'.repeat(19), amount_vnd: 9_999_999_999_999, purpose: 'x'.repeat(25), service: 'account' },
] as const;

async function requestOf(api: Api, amount: number): Promise<Request> {
  const dossier = await bringTo(api, await takeIn(api), 'completed');
  const { version } = await api.get('tiepnhan', dossier.id);
  const line = { line_id: 'le_phi_ho_tich', amount_vnd: amount, source: 'Nghị quyết 15/2025/NQ-HĐND' };
  await api.call('tiepnhan', 'POST', `/dossiers/${dossier.id}/assessments`, { stated: [line] }, version);
  return api.call<Request>('thungan', 'POST', '/payment-requests', { dossier_id: dossier.id });
}

test('what we write is what an independent reader of VietQR reads', async ({ api }) => {
  for (const wanted of WANTED) {
    const { payload } = await api.call<{ payload: string }>('thungan', 'POST', '/vietqr/encode', wanted);
    const read = new QRPay(payload);
    expect(read.isValid, payload).toBe(true);
    expect(read.provider.guid).toBe('A000000727');
    expect(read.provider.service).toBe(wanted.service === 'card' ? 'QRIBFTTC' : 'QRIBFTTA');
    expect([read.consumer.bankBin, read.consumer.bankNumber]).toEqual([wanted.bank_bin, wanted.account_number]);
    expect(read.initMethod).toBe('amount_vnd' in wanted ? '12' : '11');
    expect(read.amount).toBe('amount_vnd' in wanted ? String(wanted.amount_vnd) : undefined);
    expect([read.currency, read.nation]).toEqual(['704', 'VN']);
    // Marks are folded, for telephones and banks that know none.
    const folded = 'purpose' in wanted ? wanted.purpose.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd') : undefined;
    expect(read.additionalData.purpose).toBe(folded);
  }
});

test('the code on the screen and in its picture is read back by an independent decoder', async ({ people, api }) => {
  test.setTimeout(120_000);
  const request = await requestOf(api, 123_000);
  const read = new QRPay(request.payload);
  expect(read.isValid).toBe(true);
  expect([read.consumer.bankBin, read.consumer.bankNumber]).toEqual([request.payee.bank_bin, request.payee.account_number]);
  expect([read.amount, read.additionalData.purpose]).toEqual(['123000', request.reference]);

  const till = await people.page('thungan');
  await till.goto(`/till?request=${request.id}`);
  const drawn = till.getByAltText(vi('payment:request.code'));
  await expect(drawn).toBeVisible();
  expect(await readBack(await drawn.screenshot()), 'on the screen').toEqual([request.payload]);

  const picture = await api.picture('thungan', `/payment-requests/${request.id}/code.png`);
  expect(await readBack(picture), 'in the picture').toEqual([request.payload]);
});
