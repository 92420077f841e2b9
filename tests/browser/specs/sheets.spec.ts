import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { test, type Office } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { wordsOf } from '../support/pdf.ts';
import { accountOf, collects, comes, sendTicks, tickOf, ticks } from '../support/placing.ts';
import { expect, type People } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
const TODAY = '2026-03-02';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Sums {
  transfer_vnd: number;
  card_vnd: number;
  bank_vnd: number;
  collected_vnd: number;
}
interface Sheet {
  total: { le_phi: Sums; received_vnd: number };
}
interface Month {
  month: string;
  left_phi_vnd: number;
  left_le_phi_vnd: number;
}

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const vnd = (amount: number) => new Intl.NumberFormat('vi-VN').format(amount);
/** A figure that stands alone in its cell, behind the words that name it on a narrow screen. */
const figure = (amount: number) => new RegExp(`(^|[^\\d.])${vnd(amount).replaceAll('.', '\\.')}(\\s?đ)?$`);

const sheetOf = async (api: Api): Promise<Sheet> =>
  api.call('thungan', 'GET', `/collection-sheet?authority_id=${(await api.ward('thd')).id}&from=${TODAY}&to=${TODAY}`);

const monthOf = async (api: Api): Promise<Month> => {
  const months = await api.call<Month[]>('thungan', 'GET', `/treasury-months?authority_id=${(await api.ward('thd')).id}`);
  const [month] = months;
  if (!month) throw new Error('no month is told of');
  return month;
};

/** Somebody with a page open, and what it shows. */
async function at(people: People, office: Office, who: string, path: string) {
  const page = await people.page(who, { at: office });
  const seen = new Data(page);
  await page.goto(path);
  return { page, seen };
}

/** Answers what is asked in an open dialog by its reason, by keyboard. */
async function because(page: Page, reason: string): Promise<void> {
  await expect(page.getByRole('dialog').locator('[name=reason]')).toBeFocused();
  await page.keyboard.insertText(reason);
  await page.keyboard.press('Control+Enter');
}

/** What one has done oneself is not undone by oneself: the refusal is told, and the dialog left. */
async function refused(page: Page, code: string): Promise<void> {
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(code);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('what a cashier collected is held against what the bank tells of, stands once on the sheets, and goes on to the Treasury', async ({
  office,
  people,
}) => {
  test.setTimeout(480_000);
  const { api } = office;
  const before = await sheetOf(api);
  const one = await collects(api, 80_000, 'transfer', 'FT26061000777');
  const two = await collects(api, 50_000, 'card', 'POS 000123');
  const came = await comes(api, 80_000, 'LE THI CUC nop le phi ho tich');
  expect(came.state).toBe('unmatched');

  const till = await at(people, office, 'thungan', '/money?state=unmatched');
  const money = (page: Page) => region(page, 'payment:money.list').getByRole('listitem').filter({ hasText: 'LE THI CUC nop le phi' });
  const waiting = (page: Page) => region(page, 'payment:unbanked.title').getByRole('listitem');
  const placed = (page: Page) => region(page, 'payment:placements.title').getByRole('listitem');

  await test.step('the cashier holds it against her collection, by keyboard alone', async () => {
    const { page } = till;
    await expect(money(page)).toContainText('80.000');
    await expect(waiting(page).filter({ hasText: one.code })).toContainText('FT26061000777');
    await expect(waiting(page).filter({ hasText: two.code })).toContainText(vi('fee:method.card'));
    await expect(region(page, 'payment:placements.title')).toContainText(vi('payment:placements.none'));
    await lookAt(page, till.seen, 'money-unbanked');
    await page.reload();
    await expect(money(page)).toHaveCount(1);
    await goTo(page, label('payment:reconcile.begin'));
    await page.keyboard.press('Enter');
    await expect(ticks(page).first()).toBeFocused();
    await expect(tickOf(page, one.code)).toBeFocused();
    await expect(sendTicks(page)).toBeDisabled();
    await expect(page.getByRole('dialog')).toContainText(vi('payment:reconcile.why.none'));
    await page.keyboard.press('ArrowDown');
    await expect(tickOf(page, two.code)).toBeFocused();
    await page.keyboard.press('Space');
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/30\.000/);
    await expect(page.getByRole('dialog')).toContainText(vi('payment:reconcile.tally.picked', { number: '1' }));
    // It is not sent while they differ.
    await expect(sendTicks(page)).toBeDisabled();
    await page.keyboard.press('Control+Enter');
    await lookAtAsItIs(page, 'money-reconcile-less');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/50\.000/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(page.getByRole('dialog')).toContainText(vi('payment:reconcile.why.even'));
    await expect(sendTicks(page)).toBeEnabled();
    await lookAtAsItIs(page, 'money-reconcile-even');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(money(page)).toHaveCount(0);
    await expect(region(page, 'payment:money.list').getByRole('status')).toContainText('80.000');
    await expect(waiting(page).filter({ hasText: one.code })).toHaveCount(0);
    await expect(placed(page)).toContainText(vi('payment:placements.collections_other', { count: '1' }));
  });

  await test.step('she cannot undo it herself', async () => {
    const { page } = till;
    await placed(page).getByRole('button').press('Enter');
    await because(page, 'Nhầm khoản');
    await lookAtAsItIs(page, 'money-undo-own');
    await refused(page, 'own_placement');
  });

  await test.step('the director undoes it, with the reason', async () => {
    const { page, seen } = await at(people, office, 'giamdoc', '/money?state=placed');
    await expect(money(page)).toHaveCount(1);
    await placed(page).getByRole('button').press('Enter');
    await expect(page.getByRole('dialog').locator('[name=reason]')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog').locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
    await because(page, 'Khoản này của người khác');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(placed(page)).toContainText(vi('payment:placements.undone'));
    await expect(placed(page)).toContainText('Khoản này của người khác');
    await expect(placed(page).getByRole('button')).toHaveCount(0);
    await expect(money(page)).toHaveCount(0);
    await lookAt(page, seen, 'money-placement-undone');
  });

  await test.step('it is placed again', async () => {
    const { page } = till;
    await page.reload();
    await expect(waiting(page).filter({ hasText: one.code })).toHaveCount(1);
    await expect(money(page)).toHaveCount(1);
    await money(page).getByRole('button', { name: vi('payment:reconcile.begin') }).press('Enter');
    await expect(tickOf(page, one.code)).toBeFocused();
    await page.keyboard.press('Space');
    await expect(sendTicks(page)).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(placed(page)).toHaveCount(2);
    await lookAt(page, till.seen, 'money-placed');
  });

  const table = (page: Page, key: string) => region(page, 'sheet:sheet.title').getByRole('table', { name: vi(key), exact: true });
  const dayOf = (of: Locator) => of.getByRole('row').filter({ hasText: '02/03/2026' });

  await test.step('the day’s sheet has it once', async () => {
    const { page } = till;
    const after = await sheetOf(api);
    const [was, is] = [before.total.le_phi, after.total.le_phi];
    expect(is.transfer_vnd - was.transfer_vnd).toBe(80_000);
    expect(is.collected_vnd - was.collected_vnd).toBe(130_000);
    expect(is.bank_vnd - was.bank_vnd).toBe(0);
    expect(after.total.received_vnd - before.total.received_vnd).toBe(80_000);
    await page.getByRole('navigation', { name: vi('common:nav.main') }).getByRole('link', { name: vi('common:nav.sheets') }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('sheet:title'));
    await page.locator('[name=authority_id]').selectOption({ label: WARD });
    await lookAt(page, till.seen, 'sheets-month');
    await page.getByRole('button', { name: vi('sheet:choose.today') }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`from=${TODAY}&to=${TODAY}`));
    const cells = dayOf(table(page, 'sheet:sort.le_phi')).getByRole('cell');
    await expect(cells.nth(2)).toHaveText(figure(is.transfer_vnd));
    await expect(cells.nth(3)).toHaveText(figure(is.card_vnd));
    await expect(cells.nth(6)).toHaveText(figure(is.bank_vnd));
    await expect(cells.nth(9)).toHaveText(figure(is.collected_vnd));
    await expect(dayOf(table(page, 'sheet:sheet.flow')).getByRole('cell').first()).toHaveText(figure(after.total.received_vnd));
    const shares = region(page, 'sheet:shares.title').getByRole('row');
    await expect(shares.filter({ hasText: WARD })).toContainText('100,0%');
    await expect(shares.filter({ hasText: 'Hàng Trống' })).toContainText(vi('sheet:shares.none'));
    await lookAt(page, till.seen, 'sheets-day');
  });

  await test.step('days the wrong way round are refused at their field', async () => {
    const { page } = till;
    const to = page.locator('[name=to]');
    await to.fill('01/03/2026');
    await page.keyboard.press('Enter');
    await expect(to).toHaveAttribute('aria-invalid', 'true');
    await expect(region(page, 'sheet:sheet.title')).toHaveCount(0);
    await lookAtAsItIs(page, 'sheets-refused');
    await to.fill('02/03/2026');
    await page.keyboard.press('Enter');
    await expect(dayOf(table(page, 'sheet:sort.le_phi'))).toHaveCount(1);
  });

  await test.step('it is printed, and kept as a workbook', async () => {
    const { page } = till;
    const sheet = region(page, 'sheet:sheet.title');
    const printed = page.waitForResponse((r) => r.url().includes('/collection-sheet/document.pdf'));
    const opened = page.context().waitForEvent('page');
    await sheet.getByRole('button', { name: vi('sheet:sheet.print') }).press('Enter');
    expect((await printed).status()).toBe(200);
    expect((await printed).headers()['content-type']).toContain('application/pdf');
    const shown = await opened;
    await expect.poll(() => shown.url()).toMatch(/^blob:/);
    await shown.close();
    const { pathname, search } = new URL((await printed).url());
    const words = await wordsOf(await api.file('thungan', `${pathname.replace('/api/v1', '')}${search}`));
    for (const said of ['BẢNG TỔNG HỢP THU PHÍ, LỆ PHÍ', '02/03/2026', vnd((await sheetOf(api)).total.le_phi.collected_vnd)])
      expect(words).toContain(said);
    const fetched = page.waitForResponse((r) => r.url().includes('/collection-sheet/workbook.xlsx'));
    const kept = page.waitForEvent('download');
    await sheet.getByRole('button', { name: vi('sheet:sheet.workbook') }).press('Enter');
    expect((await fetched).status()).toBe(200);
    expect((await fetched).headers()['content-type']).toContain(XLSX);
    expect((await kept).suggestedFilename()).toMatch(/\.xlsx$/);
  });

  const march = (page: Page) => region(page, 'sheet:treasury.title').getByRole('row').filter({ hasText: vi('sheet:treasury.of', { month: '03/2026' }) });
  const enter = (page: Page) => march(page).getByRole('button', { name: vi('sheet:treasury.enterOf', { month: '03/2026' }) });
  const transfer = (page: Page) => region(page, 'sheet:transfers.title').getByRole('listitem');
  const month = await monthOf(api);

  await test.step('more than is left of a month does not go on; what is left does', async () => {
    const { page } = till;
    const dialog = page.getByRole('dialog');
    expect(month.month).toBe('2026-03-01');
    await expect(march(page)).toContainText(vnd(month.left_le_phi_vnd));
    await expect(march(page)).toContainText(vi('sheet:treasury.standing.running'));
    await enter(page).press('Enter');
    await expect(dialog.locator('[name=phi_vnd]')).toBeFocused();
    await expect(dialog.locator('[name=phi_vnd]')).toHaveValue(vnd(month.left_phi_vnd));
    await expect(dialog.locator('[name=transferred_on]')).toHaveValue('02/03/2026');
    await page.keyboard.press('Enter');
    const lePhi = dialog.locator('[name=le_phi_vnd]');
    await expect(lePhi).toBeFocused();
    await expect(lePhi).toHaveValue(vnd(month.left_le_phi_vnd));
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(String(month.left_le_phi_vnd + 1_000));
    await dialog.locator('[name=bank_reference]').fill('FT26061009001');
    await page.keyboard.press('Control+Enter');
    await expect(lePhi).toHaveAttribute('aria-invalid', 'true');
    await expect(lePhi).toBeFocused();
    await lookAtAsItIs(page, 'sheets-transfer-refused');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(String(month.left_le_phi_vnd));
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    await expect(march(page)).toContainText(vi('sheet:treasury.standing.settled'));
    await expect(enter(page)).toHaveCount(0);
    await expect(transfer(page)).toContainText('FT26061009001');
    await expect(dayOf(table(page, 'sheet:sort.le_phi')).getByRole('cell').nth(10)).toHaveText(figure(month.left_le_phi_vnd));
    await lookAt(page, till.seen, 'sheets-handed-over');
  });

  await test.step('the bank’s statement tells of it, and of money that is held against a collection there', async () => {
    const { page } = till;
    const account = await accountOf(api);
    const columns = {
      booked_on: 'Ngày giao dịch',
      reference: 'Số bút toán',
      debit: 'Ghi nợ',
      credit: 'Ghi có',
      description: 'Nội dung',
      payer_name: 'Người chuyển',
      dates: 'dmy',
    };
    await api.call('thungan', 'POST', '/statement-columns', { bank_bin: account.bank_bin, columns });
    const out = vnd(month.left_phi_vnd + month.left_le_phi_vnd);
    const file = [
      'Ngày giao dịch;Số bút toán;Ghi nợ;Ghi có;Nội dung;Người chuyển',
      `02/03/2026;FT26061009001;${out};;Nop ngan sach thang 03;`,
      '02/03/2026;FT26061009002;;50.000;Quyet toan POS;NGAN HANG',
    ].join('\n');
    const { id } = await api.call<{ id: string }>('thungan', 'POST', '/bank-statements', {
      account_id: account.id,
      format: 'csv',
      file_name: 'sao-ke.csv',
      file: Buffer.from(`\ufeff${file}\n`).toString('base64'),
    });
    await page.goto(`/statements?statement=${id}`);
    const count = (name: string) =>
      region(page, 'statement:counts.title').getByRole('button', { name: label(`statement:class.${name}`) });
    await expect(count('treasury')).toContainText('1 dòng');
    await count('treasury').press('Enter');
    await expect(region(page, 'statement:class.treasury').getByRole('row').filter({ hasText: 'FT26061009001' })).toContainText(
      vi('statement:badge.treasury'),
    );
    await lookAt(page, till.seen, 'statement-treasury');
    await count('new').press('Enter');
    const row = region(page, 'statement:class.new').getByRole('row').filter({ hasText: 'FT26061009002' });
    const begin = row.getByRole('button', { name: vi('statement:reconcileOf', { reference: 'FT26061009002' }) });
    await expect(begin).toBeVisible();
    await lookAt(page, till.seen, 'statement-nobodys');
    await begin.press('Enter');
    await expect(tickOf(page, two.code)).toBeFocused();
    await page.keyboard.press('Space');
    await expect(sendTicks(page)).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(row).toHaveCount(1);
    await expect(begin).toHaveCount(0);
  });

  await test.step('the cashier cannot take the transfer back herself', async () => {
    const { page } = till;
    await page.goto(`/sheets?authority=${(await api.ward('thd')).id}`);
    await transfer(page).getByRole('button').press('Enter');
    await because(page, 'Nhập nhầm');
    await refused(page, 'own_transfer');
  });

  await test.step('the director can, and it is left of its month again', async () => {
    const { page, seen } = await at(people, office, 'giamdoc', `/sheets?authority=${(await api.ward('thd')).id}`);
    await transfer(page).getByRole('button').press('Enter');
    await because(page, 'Sao kê không có khoản này');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(transfer(page)).toContainText(vi('sheet:transfers.undone'));
    await expect(transfer(page)).toContainText('Sao kê không có khoản này');
    await expect(march(page)).toContainText(vnd(month.left_le_phi_vnd));
    await expect(enter(page)).toBeVisible();
    // A month later nobody has put it right: the server is made to say so.
    await page.route(/\/api\/v1\/treasury-months/, async (route) => {
      const answer = await route.fetch();
      const months = (await answer.json()) as object[];
      await route.fulfill({ response: answer, json: months.map((m, i) => (i === 0 ? { ...m, over: true, overdue: true } : m)) });
    });
    await page.reload();
    await expect(march(page)).toContainText(vi('sheet:treasury.standing.overdue'));
    await lookAt(page, seen, 'sheets-overdue');
    await page.unrouteAll({ behavior: 'wait' });
  });
});
