import type { Page } from '@playwright/test';
import { Data, axeFindsNothing } from '../support/checks.ts';
import { lookAt, openForm, panelOf, sendForm } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

const card = (page: Page) => page.getByRole('region', { name: vi('fee:title'), exact: true });
const button = (page: Page, key: string) => card(page).getByRole('button', { name: vi(key), exact: true });

test('reception works out what a dossier costs and sees how before it is kept; somebody else puts it right; the cashier has it and the result goes out', async ({
  people,
  api,
}) => {
  test.setTimeout(240_000);
  const dossier = await bringTo(api, await takeIn(api), 'completed');

  const desk = await people.page('tiepnhan');
  const seen = new Data(desk);
  await test.step('the text and the exemptions stand there before any amount', async () => {
    await desk.goto(`/dossiers/${dossier.id}`);
    await expect(card(desk)).toContainText('Miễn lệ phí hộ tịch cho người thuộc gia đình có công');
    await button(desk, 'fee:begin').press('Enter');
    const amount = card(desk).getByLabel(vi('fee:stated.amount'));
    await amount.fill('80000');
    await card(desk).getByLabel(vi('fee:stated.source')).fill('Nghị quyết 15/2025/NQ-HĐND, Điều 3');
    await desk.keyboard.press('Enter');
    await expect(card(desk)).toContainText('Cán bộ nhập 80.000 đồng theo Nghị quyết 15/2025/NQ-HĐND, Điều 3.');
    await expect(card(desk)).toContainText('tám mươi nghìn đồng');
    await expect(card(desk)).toContainText(vi('fee:keepHint'));
    await lookAt(desk, seen, 'dossier-fees-tried');
  });
  await test.step('once it is kept, nobody corrects an amount of their own', async () => {
    await button(desk, 'fee:keep').press('Enter');
    await expect(card(desk)).toContainText(vi('dossier:payment.due'), { ignoreCase: true });
    await expect(card(desk).getByText('80.000').first()).toBeVisible();
    await expect(button(desk, 'fee:again')).toHaveCount(0);
    await lookAt(desk, seen, 'dossier-fees');
  });

  const till = await people.page('thungan');
  await test.step('the cashier works it out anew, for somebody who is exempt but for another ground', async () => {
    await till.goto(`/dossiers/${dossier.id}`);
    await button(till, 'fee:again').press('Enter');
    await card(till).getByLabel(vi('fee:stated.amount')).fill('8000');
    await card(till).getByLabel(vi('fee:stated.source')).fill('Nghị quyết 15/2025/NQ-HĐND, Điều 3');
    const ground = card(till).getByRole('checkbox', { name: /Miễn lệ phí hộ tịch/ });
    await ground.press('Space');
    await card(till).getByLabel(vi('fee:claims.evidence')).fill('Giấy chứng nhận hộ nghèo số 12');
    await button(till, 'fee:preview').press('Enter');
    await expect(card(till)).toContainText('không đồng');
    // The paper ran out last year: the ground does not hold after all.
    await ground.press('Space');
    await button(till, 'fee:preview').press('Enter');
    await expect(card(till)).toContainText('tám nghìn đồng');
    await button(till, 'fee:keep').press('Enter');
    await expect(card(till)).toContainText('(lần 2)');
  });
  await test.step('what is owed is confirmed with how it was paid, and stands in the ledger', async () => {
    const form = await openForm(till, 'payments');
    await expect(form.getByRole('radio', { name: vi('actions:payment.transfer') })).toBeChecked();
    await form.getByLabel(vi('actions:payment.feeReference.transfer')).fill('FT26061123456');
    await sendForm(till, 'payments', 'payment.send.paid');
    await expect(card(till)).toContainText(vi('dossier:payment.paid'), { ignoreCase: true });
    await card(till).getByText(vi('fee:ledger.title')).press('Enter');
    const entries = card(till).getByRole('listitem').filter({ hasText: /bút toán/ });
    await expect(entries).toHaveText([
      new RegExp(vi('fee:ledger.kind.assessed')),
      new RegExp(vi('fee:ledger.kind.reversed')),
      new RegExp(vi('fee:ledger.kind.assessed')),
      new RegExp(`${vi('fee:ledger.kind.paid')}[^]*FT26061123456`),
    ]);
    await axeFindsNothing(till, 'dossier-fees-paid');
  });
  await test.step('then the result can be handed back', async () => {
    const results = await people.page('traketqua');
    await results.goto(`/dossiers/${dossier.id}`);
    await expect(panelOf(results).getByRole('button', { name: vi('actions:name.returns') })).toBeVisible();
  });
});
