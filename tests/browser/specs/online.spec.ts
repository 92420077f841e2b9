import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { test } from '../support/office.ts';
import { lookAt } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { owesLePhi, type Asked } from '../support/till.ts';
import { vi } from '../support/words.ts';

const PARTNER = 'MOTCUA-BD';
const SECRET = 'bi-mat-cua-doi-tac-thu';

test.use({
  settings: { MOTCUA_PAYMENT_PLATFORM_PARTNER: PARTNER, MOTCUA_PAYMENT_PLATFORM_SECRET: SECRET },
});

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const items = (page: Page, key: string) => region(page, key).getByRole('listitem');

/** The payment platform tells of a payment, with its check value over the values in this order. */
async function tells(url: string, reference: string, transaction: string, amount: number, fault = '00'): Promise<void> {
  const said = {
    LoaiBanTin: 'PAYMENT_RESULT',
    MaLoi: fault,
    MaDoiTac: PARTNER,
    MaThamChieu: reference,
    SoTien: amount,
    MaTienTe: 'VND',
    MaGiaoDich: transaction,
    MaNganHang: 'VCB',
    ThoiGianGD: '20260302093000',
    ThongTinGiaoDich: 'THANH TOAN HO SO',
  };
  const value = createHash('sha256').update([...Object.values(said), SECRET].join('|')).digest('hex');
  const answer = await fetch(`${url}/api/v1/payment-platform/results`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...said, MaXacThuc: value }),
  });
  expect(answer.status).toBe(200);
}

async function asks(api: Api, amount: number) {
  const dossier = await owesLePhi(api, await takeIn(api), amount);
  return { dossier, asked: await api.call<Asked>('thungan', 'POST', '/payment-requests', { dossier_id: dossier.id }) };
}

test('what is paid online is told of in words wherever it stands, and what could not be recorded says why', async ({ office, people }) => {
  test.setTimeout(240_000);
  const { api, url } = office;
  const paid = await asks(api, 80_000);
  const owing = await asks(api, 50_000);
  await tells(url, paid.asked.reference, 'PG0001', 80_000);
  await tells(url, owing.asked.reference, 'PG0002', 50_000, '99');
  await tells(url, owing.asked.reference, 'PG0003', 40_000);
  await tells(url, paid.asked.reference, 'PG0004', 80_000);
  await tells(url, 'MC2603029999999', 'PG0005', 8_000);
  const page = await people.page('thungan', { at: office });
  const seen = new Data(page);

  await test.step('it is collected by the platform’s word, until the bank tells of it', async () => {
    await expect
      .poll(async () => (await api.call<{ payment_state: string }>('thungan', 'GET', `/dossiers/${paid.dossier.id}/fees`)).payment_state)
      .toBe('paid');
    // Something was made of all of them before the page is opened.
    await expect
      .poll(async () => {
        const lists = await Promise.all(
          [true, false].map((unplaced) =>
            api.call<{ items: { state: string }[] }>('thungan', 'GET', `/bank-notifications?limit=100&unplaced=${unplaced}`),
          ),
        );
        return lists.flatMap((l) => l.items).filter((n) => n.state === 'not_applied').length;
      })
      .toBe(4);
    await page.goto('/money');
    const waiting = items(page, 'payment:unbanked.title').filter({ hasText: paid.dossier.code });
    await expect(waiting).toContainText(vi('fee:method.online'));
  });

  await test.step('what nothing could be made of says which request it names, and why', async () => {
    const told = (transaction: string) => items(page, 'payment:told.title').filter({ hasText: transaction });
    const says = async (transaction: string, why: string, reference: string) => {
      for (const said of [
        vi('payment:told.state.not_applied'),
        vi('payment:told.adapter.platform'),
        vi(`payment:told.reason.${why}`),
        vi('payment:told.reference', { reference }),
      ])
        await expect(told(transaction)).toContainText(said);
    };
    // Nobody was asked for it, so that it is nobody's.
    await expect(items(page, 'payment:told.title')).toHaveCount(1);
    await says('PG0005', 'reference_unknown', 'MC2603029999999');
    const which = page.getByRole('group', { name: vi('payment:told.which') });
    await which.getByRole('button', { name: vi('payment:told.list.centre') }).press('Enter');
    await expect(told('PG0001')).toContainText(vi('payment:told.state.done'));
    await says('PG0002', 'payment_failed', owing.asked.reference);
    await says('PG0003', 'amount_differs', owing.asked.reference);
    await says('PG0004', 'not_owed', paid.asked.reference);
    await lookAt(page, seen, 'money-not-applied');
  });

  await test.step('the dossier’s ledger names the way and the account', async () => {
    await page.goto(`/dossiers/${paid.dossier.id}`);
    const fees = region(page, 'fee:title');
    await fees.getByText(vi('fee:ledger.title')).press('Enter');
    await expect(fees).toContainText(`${vi('fee:method.online')} · ${paid.asked.reference}`);
    await expect(fees).toContainText(vi('fee:ledger.account.platform'));
    await expect(items(page, 'dossier:timeline.title').first()).toContainText(vi('dossier:event.fees_paid_online'));
    await lookAt(page, seen, 'dossier-online');
    await page.goto('/receipts');
    await expect(region(page, 'receipt:issued.title')).toContainText(vi('receipt:byPlatform'));
  });
});
