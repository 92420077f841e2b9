import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { focused, goTo } from '../support/counter.ts';
import { test, type Office } from '../support/office.ts';
import { lookAt, lookAtAsItIs, panelOf } from '../support/panel.ts';
import { wordsOf } from '../support/pdf.ts';
import { collects, comes } from '../support/placing.ts';
import { takeIn } from '../support/scene.ts';
import { expect, type People } from '../support/test.ts';
import { owesLePhi } from '../support/till.ts';
import { label, vi } from '../support/words.ts';

const PAYER = 'Trịnh Thị Quỳnh Như';
const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
const [DAY, TODAY] = ['02/03/2026', '2026-03-02'] as const;
const TRANSFER = 'FT26061000321';
const PAYOUT = 'FT26061900777';

interface Given {
  id: string;
  serial_symbol: string;
  written: string;
  version: number;
  amount_vnd: number;
}

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const items = (page: Page, key: string) => region(page, key).getByRole('listitem');
const print = (page: Page, name: string) => page.getByRole('button', { name: vi('receipt:printOf', { name }), exact: true });
/** The row of a receipt in the list of those given; rows of others may name it too. */
const rowOf = (page: Page, name: string) => region(page, 'receipt:issued.title').getByRole('row').filter({ has: print(page, name) });
const vnd = (amount: number) => new RegExp(`(^|[^\\d.-])${new Intl.NumberFormat('vi-VN').format(amount).replaceAll('.', '\\.')}\\sđ`);
const nameOf = ({ serial_symbol, written }: Given) => `${serial_symbol} ${written}`;
const returns = (name: string) => label('receipt:return.beginOf', { name });

/** The receipts of a dossier, the last given first. */
const given = async (api: Api, dossier: string): Promise<Given[]> =>
  (await api.call<{ items: Given[] }>('thungan', 'GET', `/receipts?dossier_id=${dossier}`)).items;

/** Goes to a screen by the menu. */
async function by(page: Page, name: 'receipts' | 'money' | 'sheets', title: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: vi('common:nav.main') });
  await menu.getByRole('link', { name: vi(`common:nav.${name}`), exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi(title));
}

/** Somebody with a page open, and what it shows. */
async function at(people: People, office: Office, who: string, path: string) {
  const page = await people.page(who, { at: office });
  const seen = new Data(page);
  await page.goto(path);
  return { page, seen };
}

/** Fills in where the money goes in an open dialog, field by field, and sends. */
async function fillIn(page: Page, texts: readonly (readonly [name: string, text: string])[]): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const [place, [name, text]] of texts.entries()) {
    await expect(dialog.locator(`[name=${name}]`)).toBeFocused();
    if (text) {
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    }
    // Enter moves on, and does not send.
    await page.keyboard.press(place === texts.length - 1 ? 'Control+Enter' : 'Enter');
  }
}

/** Answers an open dialog by its only button that goes on. */
async function goOn(page: Page, step: string): Promise<void> {
  await expect(page.getByRole('dialog').getByRole('button', { name: vi(`payment:refunds.step.${step}`) })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Enters in an open dialog under which name the bank has paid. */
async function paidOut(page: Page, reference: string): Promise<void> {
  await expect(page.getByRole('dialog').locator('[name=bank_reference]')).toBeFocused();
  await page.keyboard.insertText(reference);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('some of what was collected by a transfer goes back: proposed from its receipt, approved by the leader, paid out, and receipted less than nought', async ({
  office,
  people,
}) => {
  test.setTimeout(420_000);
  const { api } = office;
  const dossier = await owesLePhi(api, await takeIn(api), 80_000);
  const till = await at(people, office, 'thungan', `/dossiers/${dossier.id}`);
  const leader = await at(people, office, 'lanhdao.thd', '/');
  const fees = region(till.page, 'fee:title');

  const first = await test.step('the cashier says that it was transferred', async () => {
    const { page } = till;
    await panelOf(page).getByRole('button', { name: vi('actions:name.payments'), exact: true }).press('Enter');
    await expect(panelOf(page).getByRole('radio', { name: vi('actions:payment.transfer') })).toBeChecked();
    // What is paid online is told of by the payment platform, never by a cashier.
    await expect(panelOf(page).getByRole('radio')).toHaveCount(2);
    await goTo(page, label('actions:payment.feeReference.transfer'));
    await page.keyboard.insertText(TRANSFER);
    await goTo(page, label('actions:payment.send.paid'));
    await page.keyboard.press('Enter');
    await expect(fees).toContainText(vi('dossier:payment.paid'), { ignoreCase: true });
    const [receipt] = await given(api, dossier.id);
    if (!receipt) throw new Error('no receipt was given');
    await expect(fees).toContainText(nameOf(receipt));
    return nameOf(receipt);
  });

  const dialog = till.page.getByRole('dialog');
  await test.step('what the bank has not told of does not go back yet', async () => {
    const { page } = till;
    await by(page, 'receipts', 'receipt:title');
    await expect(rowOf(page, first)).toContainText(vi('receipt:state.valid'));
    await lookAt(page, till.seen, 'receipts-return');
    await goTo(page, returns(first));
    await page.keyboard.press('Enter');
    const amount = dialog.locator('[name=amount_vnd]');
    await expect(amount).toBeFocused();
    await expect(amount).toHaveValue('80.000');
    await expect(dialog.locator('[name=to_name]')).toHaveValue(PAYER);
    await fillIn(page, [
      ['amount_vnd', ''],
      ['reason', 'Người nộp thuộc diện được giảm lệ phí'],
      ['to_name', 'TRINH THI QUYNH NHU'],
      ['to_bank', 'Vietcombank'],
      ['to_account', '0987654321000'],
    ]);
    await expect(dialog.getByRole('alert')).toContainText('collection_not_banked');
    await lookAtAsItIs(page, 'receipts-return-not-banked');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    // The focus is where it came from.
    await expect.poll(() => focused(page)).toMatch(returns(first));
  });

  await test.step('the bank tells of it', async () => {
    expect((await comes(api, 80_000, `MBVCB 88 ${TRANSFER} nop le phi`)).state).toBe('placed');
  });

  await test.step('the cashier proposes that some of it goes back; more than it is, and less than is asked for, is refused at its field', async () => {
    const { page } = till;
    await page.keyboard.press('Enter');
    await fillIn(page, [
      ['amount_vnd', '90000'],
      ['reason', 'Người nộp thuộc diện được giảm lệ phí'],
      ['to_name', 'TRINH THI QUYNH NHU'],
      ['to_bank', ''],
      ['to_account', '0987654321000'],
    ]);
    const amount = dialog.locator('[name=amount_vnd]');
    await expect(amount).toHaveAttribute('aria-invalid', 'true');
    await expect(amount).toBeFocused();
    await expect(dialog.locator('[name=to_bank]')).toHaveAttribute('aria-invalid', 'true');
    await expect(amount).toHaveValue('90.000');
    await lookAtAsItIs(page, 'receipts-return-refused');
    await fillIn(page, [
      ['amount_vnd', '30000'],
      ['reason', ''],
      ['to_name', ''],
      ['to_bank', 'Vietcombank'],
    ]);
    await expect(dialog).toHaveCount(0);
    const done = region(page, 'receipt:issued.title').getByRole('status').filter({ hasText: first });
    await expect(done).toContainText(vnd(30_000));
    // The button that proposed it has gone.
    await expect(done.locator('..')).toBeFocused();
    await expect(rowOf(page, first)).toContainText(vi('payment:refund.proposed'));
    // Until it is decided, nothing else becomes of the receipt.
    await expect(rowOf(page, first).getByRole('button')).toHaveCount(1);
    await lookAt(page, till.seen, 'receipts-return-proposed');
  });

  const of = (page: Page): Locator => items(page, 'payment:refunds.title').filter({ hasText: '0987654321000' });
  const told = vi('payment:refunds.of', { name: first, code: dossier.code });

  await test.step('the leader of the ward sees of which collection it is, and approves', async () => {
    const { page } = leader;
    await by(page, 'money', 'payment:money.title');
    await expect(of(page)).toContainText(told);
    await expect(of(page)).toContainText(vnd(30_000));
    await expect(items(page, 'payment:placements.title')).toContainText(dossier.code);
    await lookAt(page, leader.seen, 'money-return-proposed');
    await page.reload();
    await expect(of(page)).toHaveCount(1);
    await goTo(page, label('payment:refunds.step.approve'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toContainText(vi('payment:refunds.receipt', { name: first, code: dossier.code }));
    await lookAtAsItIs(page, 'money-return-approve');
    await goOn(page, 'approve');
    await expect(of(page)).toContainText(vi('payment:refunds.state.approved'));
  });

  await test.step('the cashier follows it to the queue and enters that the bank has paid', async () => {
    const { page } = till;
    await region(page, 'receipt:issued.title').getByRole('link', { name: vi('receipt:return.toQueue') }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('payment:money.title'));
    await expect(of(page)).toContainText(told);
    await goTo(page, label('payment:refunds.step.payout'));
    await page.keyboard.press('Enter');
    await paidOut(page, PAYOUT);
    await expect(of(page)).toContainText(vi('payment:refunds.state.paid_out'));
    await expect(of(page)).toContainText(PAYOUT);
    await expect(of(page).getByRole('button')).toHaveCount(0);
    await lookAt(page, till.seen, 'money-return-paid');
  });

  await test.step('the receipt less than nought and the one it takes off each name the other', async () => {
    const { page } = till;
    const [less] = await given(api, dossier.id);
    if (!less) throw new Error('no receipt was given');
    expect(less.amount_vnd).toBe(-30_000);
    await by(page, 'receipts', 'receipt:title');
    const row = rowOf(page, nameOf(less));
    await expect(row).toContainText(vi('receipt:adjustment.adjusts'));
    await expect(row).toContainText(vi('receipt:adjustment.adjustsOf', { name: first }));
    await expect(row).toContainText(/-30\.000\sđ/);
    await expect(rowOf(page, first)).toContainText(vi('receipt:adjustment.adjusted'));
    await expect(rowOf(page, first)).toContainText(vi('receipt:adjustment.adjustedBy', { name: nameOf(less) }));
    await expect(rowOf(page, first)).not.toContainText(vi('payment:refund.proposed'));
    // Neither is replaced any more, nor goes back.
    for (const name of [first, nameOf(less)]) {
      await expect(rowOf(page, name).getByRole('button')).toHaveCount(1);
    }
    await lookAt(page, till.seen, 'receipts-adjusted');
    const words = await wordsOf(await api.file('thungan', `/receipts/${less.id}/document.pdf`));
    expect(words).toContain(first);
  });

  await test.step('the dossier tells of it, and stays paid', async () => {
    const { page } = till;
    await page.goto(`/dossiers/${dossier.id}`);
    await expect(fees).toContainText(vi('receipt:adjustment.adjusts'));
    await expect(fees).toContainText(vi('receipt:adjustment.adjusted'));
    await expect(fees).toContainText(vi('dossier:payment.paid'), { ignoreCase: true });
    await expect(fees.getByRole('link', { name: vi('receipt:of.toOwed') })).toHaveCount(0);
    await expect(fees.getByRole('button', { name: vi('receipt:return.begin') })).toHaveCount(0);
    await expect(fees.getByRole('button', { name: vi('receipt:propose.begin') })).toHaveCount(0);
    const line = items(page, 'dossier:timeline.title').filter({ hasText: vi('dossier:event.fees_returned') });
    await expect(line).toContainText(vnd(30_000));
    await lookAt(page, till.seen, 'dossier-returned');
  });

  await test.step('the day’s sheet has what went back apart from what was collected', async () => {
    const { page } = till;
    await by(page, 'sheets', 'sheet:title');
    await page.locator('[name=authority_id]').selectOption({ label: WARD });
    await page.getByRole('button', { name: vi('sheet:choose.today') }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`from=${TODAY}&to=${TODAY}`));
    const table = region(page, 'sheet:sheet.title').getByRole('table', { name: vi('sheet:sort.le_phi'), exact: true });
    await expect(table.getByRole('columnheader', { name: vi('sheet:column.online_vnd'), exact: true })).toBeVisible();
    const headings = await table.getByRole('columnheader').allTextContents();
    const place = headings.indexOf(vi('sheet:column.returned_vnd')) - 1;
    await expect(table.getByRole('row').filter({ hasText: DAY }).getByRole('cell').nth(place)).toHaveText(/30\.000$/);
    await expect(
      region(page, 'sheet:sheet.title')
        .getByRole('table', { name: vi('sheet:sheet.flow'), exact: true })
        .getByRole('columnheader', { name: vi('sheet:column.refunded_vnd'), exact: true }),
    ).toBeVisible();
    await lookAt(page, till.seen, 'sheets-returned');
  });
});

test('all of it goes back from the page of the dossier; what was rejected is proposed anew, and who only reads proposes nothing', async ({
  office,
  people,
}) => {
  test.setTimeout(300_000);
  const { api } = office;
  const dossier = await collects(api, 50_000, 'transfer', TRANSFER);
  expect((await comes(api, 50_000, `IBFT ${TRANSFER} phi`)).state).toBe('placed');
  const [receipt] = await given(api, dossier.id);
  if (!receipt) throw new Error('no receipt was given');
  const name = nameOf(receipt);
  const { page, seen } = await at(people, office, 'thungan', `/dossiers/${dossier.id}`);
  const fees = region(page, 'fee:title');
  const open = async (state: string) => {
    const { items: all } = await api.call<{ items: { id: string; version: number; receipt_name: string | null }[] }>(
      'thungan',
      'GET',
      `/refunds?state=${state}`,
    );
    const found = all.find((r) => r.receipt_name === name);
    if (!found) throw new Error(`no refund is ${state}`);
    return found;
  };

  const propose = async (account: string) => {
    await goTo(page, returns(name), 'Tab', 80);
    await page.keyboard.press('Enter');
    await fillIn(page, [
      ['amount_vnd', ''],
      ['reason', 'Thu nhầm hồ sơ'],
      ['to_name', ''],
      ['to_bank', 'Vietcombank'],
      ['to_account', account],
    ]);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(fees).toContainText(vi('payment:refund.proposed'));
  };

  await test.step('the cashier proposes it, and it is rejected', async () => {
    await propose('0987000111');
    await lookAt(page, seen, 'dossier-return-proposed');
    const { id, version } = await open('proposed');
    await api.call('lanhdao.thd', 'POST', `/refunds/${id}/rejections`, { reason: 'Sai tài khoản' }, version);
    await page.reload();
    await expect(fees.getByRole('button', { name: vi('receipt:return.beginOf', { name }) })).toBeVisible();
    await expect(fees).not.toContainText(vi('payment:refund.proposed'));
  });

  await test.step('it is proposed with the right account, and goes back', async () => {
    await propose('0987000222');
    const { id, version } = await open('proposed');
    await api.call('lanhdao.thd', 'POST', `/refunds/${id}/approvals`, undefined, version);
    const approved = await open('approved');
    await api.call('thungan', 'POST', `/refunds/${id}/payouts`, { bank_reference: PAYOUT }, approved.version);
    await page.reload();
    await expect(fees).toContainText(vi('dossier:payment.refunded'), { ignoreCase: true });
    await expect(fees).toContainText(/-50\.000\sđ/);
    await expect(fees.getByRole('button', { name: vi('receipt:return.beginOf', { name }) })).toHaveCount(0);
    await lookAt(page, seen, 'dossier-refunded');
  });

  await test.step('the inspector sees both, and proposes nothing', async () => {
    const inspector = await at(people, office, 'thanhtra', '/receipts');
    await expect(rowOf(inspector.page, name)).toContainText(vi('receipt:adjustment.adjusted'));
    await expect(inspector.page.getByRole('button', { name: vi('receipt:return.begin') })).toHaveCount(0);
  });
});
