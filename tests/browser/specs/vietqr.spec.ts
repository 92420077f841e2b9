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

/** Payloads from public sources (DOMAIN §7.6), with what they say. */
const KNOWN = [
  {
    payload: '00020101021138540010A00000072701240006970423011000999999990208QRIBFTTA53037045802VN6304CBB4',
    says: { bank_bin: '970423', account_number: '0099999999', service: 'account' },
  },
  {
    payload:
      '00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C',
    says: { bank_bin: '970415', account_number: '0011001932418', service: 'account', amount_vnd: 120_000, purpose: 'ung ho lu lut' },
  },
  {
    payload: '00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F',
    says: { bank_bin: '970403', account_number: '0011012345678', service: 'account' },
  },
  {
    payload: '00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52',
    says: { bank_bin: '970403', account_number: '9704031101234567', service: 'card' },
  },
];

/** Its checksum is right, a length inside is not. */
const WRONG_INSIDE =
  '00020101021238500010A0000007270120000697041601065454460208QRIBFTTA530370454061800005802VN62270823thanh toan don hang63044302';

async function requestOf(api: Api, amount: number): Promise<Request> {
  const dossier = await bringTo(api, await takeIn(api), 'completed');
  const { version } = await api.get('tiepnhan', dossier.id);
  const line = { line_id: 'le_phi_ho_tich', amount_vnd: amount, source: 'Nghị quyết 15/2025/NQ-HĐND' };
  await api.call('tiepnhan', 'POST', `/dossiers/${dossier.id}/assessments`, { stated: [line] }, version);
  return api.call<Request>('thungan', 'POST', '/payment-requests', { dossier_id: dossier.id });
}

test('known payloads are read, and written again to the letter', async ({ api }) => {
  for (const { payload, says } of KNOWN) {
    expect(await api.call('thungan', 'POST', '/vietqr/parse', { payload }), payload).toMatchObject(says);
    const { payload: written } = await api.call<{ payload: string }>('thungan', 'POST', '/vietqr/encode', says);
    expect(written).toBe(payload);
    for (const damaged of [payload.slice(0, -1), payload.replace('5802VN', '5802VM'), `${payload}0`, payload.toLowerCase()])
      await expect(api.call('thungan', 'POST', '/vietqr/parse', { payload: damaged }), damaged).rejects.toThrow('vietqr_invalid');
  }
  await expect(api.call('thungan', 'POST', '/vietqr/parse', { payload: WRONG_INSIDE })).rejects.toThrow('vietqr_invalid');
});

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

  const picture = await api.file('thungan', `/payment-requests/${request.id}/code.png`);
  expect(await readBack(picture), 'in the picture').toEqual([request.payload]);
});
