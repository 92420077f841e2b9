import type { Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { test } from '../support/office.ts';
import { lookAt, lookAtAsItIs, openForm, sendForm } from '../support/panel.ts';
import { takeIn, type Intake } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const FIRST = { name: 'Trịnh Thị Quỳnh Như', identity: '001190004321' };
const SECOND = { name: 'Đặng Thị Mai Hương', identity: '001190004322' };
const SEEN = 'Máy thẻ treo sau khi nhập mã PIN';

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const button = (page: Page, key: string, values?: Record<string, string>) =>
  page.getByRole('button', { name: vi(key, values), exact: true });

/** A dossier that owes 16.000 đồng of phí. */
async function owes(api: Api, owner: Intake): Promise<{ id: string; code: string }> {
  const { id, code, version } = await takeIn(api, { ...owner, procedure: '2.000635' });
  await api.call('tiepnhan', 'POST', `/dossiers/${id}/assessments`, { copies: 2 }, version);
  return { id, code: code ?? '' };
}

/** The cashier says on the dossier's page that it was paid by card. */
async function paidByCard(page: Page, dossier: string): Promise<void> {
  await page.goto(`/dossiers/${dossier}`);
  const form = await openForm(page, 'payments');
  await form.getByRole('radio', { name: vi('actions:payment.card') }).check();
  await form.getByLabel(vi('actions:payment.feeReference.card')).fill('POS 000123');
  await sendForm(page, 'payments', 'payment.send.paid');
}

test('the terminal does not answer: nothing else is collected until the cashier says what became of it', async ({
  office,
  people,
}) => {
  test.setTimeout(420_000);
  const { api } = office;
  const dossier = await owes(api, FIRST);
  const page = await people.page('thungan', { at: office });
  const seen = new Data(page);
  const fees = region(page, 'fee:title');
  const dialog = page.getByRole('dialog');
  const told = fees.getByRole('status').filter({ hasText: /Chưa rõ lần thu 16\.000\sđ bằng thẻ có thành công không/ });

  await test.step('she says so on the dossier, by keyboard; what was seen is asked for', async () => {
    await page.goto(`/dossiers/${dossier.id}`);
    await button(page, 'payment:unknown.begin').press('Enter');
    await expect(dialog.getByRole('radio', { name: vi('fee:method.card') })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.locator('[name=reference]')).toBeFocused();
    await page.keyboard.insertText('POS 000122');
    await page.keyboard.press('Enter');
    await expect(dialog.locator('[name=note]')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(dialog.locator('[name=note]')).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog.locator('[name=note]')).toBeFocused();
    await lookAtAsItIs(page, 'unknown-say');
    await page.keyboard.insertText(SEEN);
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    await expect(told).toContainText(SEEN);
    await expect(told).toContainText('POS 000122');
    await expect(told).toContainText(vi('actions:name.payments'));
    await expect(button(page, 'payment:unknown.begin')).toHaveCount(0);
    await lookAt(page, seen, 'unknown-dossier');
  });

  await test.step('who only reads sees it, and says nothing of it', async () => {
    const leader = await people.page('lanhdao.thd', { at: office });
    await leader.goto(`/dossiers/${dossier.id}`);
    await expect(region(leader, 'fee:title')).toContainText(SEEN);
    await expect(button(leader, 'payment:unknown.deny')).toHaveCount(0);
  });

  await test.step('at the till it is told, and it is not asked for by a code', async () => {
    await fees.getByRole('link', { name: vi('fee:toTheTill') }).press('Enter');
    const line = region(page, 'payment:unknown.title').getByRole('listitem');
    await expect(line).toHaveCount(1);
    for (const said of ['16.000', vi('fee:method.card'), 'POS 000122', SEEN]) await expect(line).toContainText(said);
    await expect(line.getByRole('link', { name: dossier.code })).toBeVisible();
    await lookAt(page, seen, 'unknown-till');
    await button(page, 'payment:due.collectOf', { code: dossier.code }).press('Enter');
    await expect(page.getByRole('alert')).toContainText('payment_unknown');
    await lookAtAsItIs(page, 'unknown-till-refused');
  });

  await test.step('nor is it collected by transfer', async () => {
    await page.goto(`/dossiers/${dossier.id}`);
    const form = await openForm(page, 'payments');
    await form.getByRole('radio', { name: vi('actions:payment.transfer') }).check();
    await form.getByLabel(vi('actions:payment.feeReference.transfer')).fill('FT26061000001');
    await form.getByRole('button', { name: vi('actions:payment.send.paid'), exact: true }).last().click();
    await expect(page.getByRole('alert')).toContainText('payment_unknown');
  });

  await test.step('it did not come: she says so at the till, with the grounds', async () => {
    await page.goto('/till');
    await button(page, 'payment:unknown.denyOf', { code: dossier.code }).press('Enter');
    await expect(dialog.locator('[name=reason]')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(dialog.locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
    await expect(dialog.locator('[name=reason]')).toBeFocused();
    await lookAtAsItIs(page, 'unknown-deny');
    await page.keyboard.insertText('Đơn vị máy thẻ báo giao dịch không thành công');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    await expect(region(page, 'payment:unknown.title')).toHaveCount(0);
  });

  await test.step('then she collects by card, and what was not known once stays told', async () => {
    await paidByCard(page, dossier.id);
    await expect(told).toHaveCount(0);
    await expect(fees).toContainText(vi('payment:unknown.state.did_not_come'));
    await expect(fees).toContainText('Đơn vị máy thẻ báo giao dịch không thành công');
    await expect(fees).toContainText('AA-26E 0000001');
  });

  await test.step('another came after all: it is collected by the same way, and is known', async () => {
    const other = await owes(api, SECOND);
    await api.call('thungan', 'POST', `/dossiers/${other.id}/unknown-payments`, { method: 'card', note: SEEN });
    await page.goto(`/dossiers/${other.id}`);
    await expect(told).toBeVisible();
    await paidByCard(page, other.id);
    await expect(told).toHaveCount(0);
    await expect(fees).toContainText(vi('payment:unknown.state.came'));
    await expect(fees).toContainText('AA-26E 0000002');
    await lookAt(page, seen, 'unknown-came');
  });

  await test.step('the receipt is found by the number of who paid, which does not stay in the address', async () => {
    await page.goto('/receipts');
    const issued = region(page, 'receipt:issued.title');
    const rows = issued.getByRole('row').filter({ hasText: 'AA-26E' });
    await expect(rows).toHaveCount(2);
    const number = issued.locator('[name=payer_number]');
    await number.fill('001 190 004 321');
    await number.press('Enter');
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(FIRST.name);
    await expect(rows).toContainText('AA-26E 0000001');
    await expect(number).toBeFocused();
    expect(page.url()).not.toContain('004');
    await lookAt(page, seen, 'receipts-of-payer');
    await number.fill('001190009999');
    await number.press('Enter');
    await expect(issued).toContainText(vi('receipt:issued.noneOfPayer'));
    await button(page, 'receipt:issued.all').press('Enter');
    await expect(rows).toHaveCount(2);
    await expect(number).toHaveValue('');
  });
});
