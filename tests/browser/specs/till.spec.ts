import type { Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { axeFindsNothing, Data, fits, picture } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { owesLePhi, payAtBank, type Asked } from '../support/till.ts';
import { label, vi } from '../support/words.ts';

/** A dossier that owes, with its code. */
const owing = async (api: Api, amount: number) => owesLePhi(api, await bringTo(api, await takeIn(api), 'completed'), amount);

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });

test('the cashier collects by a code, the payer sees it on the second screen, and both turn to paid by themselves', async ({
  people,
  api,
}) => {
  test.setTimeout(240_000);
  const dossier = await owing(api, 80_000);
  const till = await people.page('thungan');
  const seen = new Data(till);
  await till.goto('/till');

  const payer = await test.step('the second screen waits', async () => {
    const opened = till.context().waitForEvent('page');
    await till.getByRole('link', { name: vi('payment:till.second') }).press('Enter');
    const page = await opened;
    await expect(page.getByText(vi('payment:payer.idle'))).toBeVisible();
    return page;
  });

  await test.step('the slip is scanned, the code shown on both', async () => {
    await till.getByLabel(label('payment:due.code')).fill(dossier.code);
    await till.keyboard.press('Enter');
    // A scanner's Enter looks for the code, and for nothing else.
    await expect.poll(() => new URL(till.url()).searchParams.get('code')).toBe(dossier.code);
    const collect = till.getByRole('button', { name: vi('payment:due.collectOf', { code: dossier.code }) });
    await expect(collect).toBeVisible();
    await lookAt(till, seen, 'till-due');
    await collect.press('Enter');
    await expect(region(till, 'payment:request.title').getByAltText(vi('payment:request.code'))).toBeVisible();
    await expect(region(till, 'payment:request.title')).toContainText('tám mươi nghìn đồng');
    await lookAt(till, seen, 'till-asked');
    await expect(payer.getByAltText(vi('payment:request.code'))).toBeVisible();
    await expect(payer.getByText('80.000')).toBeVisible();
    // Others stand behind the payer.
    await expect(payer.getByText('Nguyễn Văn An')).toHaveCount(0);
    for (const size of [{ width: 360, height: 740 }, { width: 1280, height: 900 }]) {
      await payer.setViewportSize(size);
      await axeFindsNothing(payer, `payer at ${size.width}`);
      await fits(payer, `payer at ${size.width}`);
      await picture(payer, `payer-${size.width}`);
    }
  });

  const id = new URL(till.url()).searchParams.get('request') ?? '';
  const request = await api.call<Asked>('thungan', 'GET', `/payment-requests/${id}`);
  await test.step('part of it comes, and then the rest', async () => {
    await payAtBank(api, request, 30_000);
    await expect(region(till, 'payment:request.title')).toContainText(vi('payment:state.partly_paid'));
    await expect(payer.getByText('50.000')).toBeVisible();
    await payAtBank(api, request, 60_000);
    await expect(region(till, 'payment:request.title')).toContainText(vi('payment:state.overpaid'));
    await expect(payer.getByText(vi('payment:payer.thanks'))).toBeVisible();
    await picture(payer, 'payer-paid');
    await lookAt(till, seen, 'till-paid');
    // What is paid is not to be collected any more.
    await expect(till.getByRole('button', { name: vi('payment:due.collectOf', { code: dossier.code }) })).toHaveCount(0);
  });

  await test.step('what is too much stands where it is looked for', async () => {
    await till.goto('/money');
    const line = region(till, 'payment:money.list').getByRole('listitem').filter({ hasText: request.reference });
    await expect(line).toContainText('10.000');
    await line.getByRole('button', { name: vi('payment:money.which_dossier') }).press('Enter');
    await expect(line.getByRole('link', { name: dossier.code })).toBeVisible();
    await lookAt(till, seen, 'money-to-refund');
    await line.getByRole('button', { name: vi('payment:refund.begin') }).press('Enter');
    const dialog = till.getByRole('dialog');
    await expect(dialog.locator('[name=reason]')).toBeFocused();
    await expect(dialog.locator('[name=to_name]')).toHaveValue('TRAN VAN BINH');
    await dialog.locator('[name=reason]').fill('Nộp thừa');
    await dialog.locator('[name=to_bank]').fill('Vietcombank');
    await till.keyboard.press('Control+Enter');
    await expect(dialog.locator('[name=to_account]')).toHaveAttribute('aria-invalid', 'true');
    await dialog.locator('[name=to_account]').fill(`0987${request.reference.slice(-6)}`);
    await axeFindsNothing(till, 'refund-propose');
    await till.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    // It stands there until it has gone back, and is not proposed twice.
    await expect(line).toContainText(vi('payment:refund.proposed'));
    await expect(line.getByRole('button', { name: vi('payment:refund.begin') })).toHaveCount(0);
  });

  await test.step('a leader approves that it goes back, and the cashier enters that it has', async () => {
    const leader = await people.page('lanhdao.thd');
    await leader.goto('/money');
    const of = (page: Page) =>
      region(page, 'payment:refunds.title').getByRole('listitem').filter({ hasText: `0987${request.reference.slice(-6)}` });
    await of(leader).getByRole('button', { name: vi('payment:refunds.step.approve') }).press('Enter');
    await axeFindsNothing(leader, 'refund-approve');
    await leader.getByRole('dialog').getByRole('button', { name: vi('payment:refunds.step.approve') }).press('Enter');
    await expect(of(leader)).toContainText(vi('payment:refunds.state.approved'));
    await till.reload();
    await of(till).getByRole('button', { name: vi('payment:refunds.step.payout') }).press('Enter');
    await till.getByRole('dialog').locator('[name=bank_reference]').fill('FT26333000456');
    await till.keyboard.press('Control+Enter');
    await expect(of(till)).toContainText(vi('payment:refunds.state.paid_out'));
    await lookAt(till, seen, 'money-refunded');
  });
});

test('a request is cancelled with its reason, and asked anew', async ({ people, api }) => {
  test.setTimeout(120_000);
  const dossier = await owing(api, 8_000);
  const till = await people.page('thungan');
  await till.goto(`/till?code=${dossier.code}`);
  await till.getByRole('button', { name: vi('payment:due.collectOf', { code: dossier.code }) }).press('Enter');
  const card = region(till, 'payment:request.title');
  await card.getByRole('button', { name: vi('payment:request.cancel') }).press('Enter');
  const dialog = till.getByRole('dialog');
  await expect(dialog.locator('[name=reason]')).toBeFocused();
  await till.keyboard.press('Control+Enter');
  await expect(dialog.locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
  await dialog.locator('[name=reason]').fill('Người nộp chuyển sang nộp bằng thẻ');
  await axeFindsNothing(till, 'till-cancel');
  await till.keyboard.press('Control+Enter');
  await expect(card).toContainText(vi('payment:request.cancelled'));
  await expect(card).toContainText('Người nộp chuyển sang nộp bằng thẻ');
  const first = new URL(till.url()).searchParams.get('request');
  await card.getByRole('button', { name: vi('payment:request.again') }).press('Enter');
  await expect.poll(() => new URL(till.url()).searchParams.get('request')).not.toBe(first);
  await expect(card).toContainText(vi('payment:state.waiting'));
});

test('the administrator names an account, the leader confirms it, and money to an unknown one is listed', async ({ people, api }) => {
  test.setTimeout(180_000);
  const number = `55${Date.now() % 100_000_000}`;
  const admin = await people.page('admin');
  const seen = new Data(admin);
  await admin.goto('/money');
  const form = admin.getByRole('form', { name: vi('payment:accounts.new') });
  await form.locator('[name=authority_id]').selectOption({ label: 'Ủy ban nhân dân phường Hàng Trống' });
  await form.locator('[name=bank_bin]').fill('123456');
  await form.locator('[name=account_number]').fill(number);
  await form.locator('[name=holder]').fill('UBND PHUONG HANG TRONG');
  await form.locator('[name=source]').fill('Công văn 15/KBNN ngày 02/03/2026');
  await admin.keyboard.press('Control+Enter');
  await expect(form.locator('[name=bank_bin]')).toHaveAttribute('aria-invalid', 'true');
  await form.locator('[name=bank_bin]').fill('970436');
  await admin.keyboard.press('Control+Enter');
  await expect(admin.getByText(vi('payment:accounts.proposed'))).toBeVisible();
  await lookAt(admin, seen, 'money-accounts');

  const leader = await people.page('lanhdao.ht');
  await leader.goto('/money');
  const line = region(leader, 'payment:accounts.title').getByRole('listitem').filter({ hasText: number });
  await line.getByRole('button', { name: vi('payment:accounts.confirm') }).press('Enter');
  const dialog = leader.getByRole('dialog');
  await expect(dialog).toContainText('Công văn 15/KBNN ngày 02/03/2026');
  await axeFindsNothing(leader, 'account-confirm');
  await dialog.getByRole('button', { name: vi('payment:accounts.confirm') }).press('Enter');
  await expect(line).toContainText(vi('payment:accounts.state.collecting'));

  await api.call('thungan', 'POST', '/demo/bank-transfers', {
    bank_bin: '970436',
    account_number: `99${number}`,
    amount_vnd: 8_000,
    description: 'khong ro',
  });
  const till = await people.page('thungan');
  await till.goto('/money?state=unmatched');
  await expect(region(till, 'payment:told.title')).toContainText(`99${number}`);
  await expect(region(till, 'payment:told.title')).toContainText(vi('payment:told.state.unknown_account'));
});
