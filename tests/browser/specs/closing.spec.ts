import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { Data, axeFindsNothing } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { openCounters, test, type Office } from '../support/office.ts';
import { lookAt, lookAtAsItIs, openForm, sendForm } from '../support/panel.ts';
import { wordsOf } from '../support/pdf.ts';
import { takeIn } from '../support/scene.ts';
import { expect, type People } from '../support/test.ts';
import { owesLePhi } from '../support/till.ts';
import { label, vi } from '../support/words.ts';

const DECISION = 'Quyết định 12/QĐ-UBND ngày 27/02/2026';
const REASON = 'Thối nhầm 1.000 đồng cho người nộp';
const COUNTER = 'Quầy 3';
const DAY = '02/03/2026';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const till = (page: Page) => region(page, 'closing:till.title');
const form = (page: Page) => page.getByRole('form', { name: vi('closing:close.title'), exact: true });
const rows = (within: Locator) => within.getByRole('row').filter({ has: within.page().getByRole('cell') });
const note = (page: Page, value: number) => form(page).locator(`[name=note_${value}]`);
/** The same amount as a screen writes it, whatever space stands before the sign. */
const vnd = (amount: string) => new RegExp(`${amount.replaceAll('.', '\\.')}\\sđ`);

/** The cashier has collected this much by card. */
async function collected(api: Api, amount: number, reference: string): Promise<{ id: string; code: string }> {
  const dossier = await owesLePhi(api, await takeIn(api), amount);
  const { version } = await api.get('thungan', dossier.id);
  const body = { settlement: 'paid', method: 'card', reference };
  await api.call('thungan', 'POST', `/dossiers/${dossier.id}/payments`, body, version);
  return dossier;
}

async function at(people: People, office: Office, who: string, path: string) {
  const page = await people.page(who, { at: office });
  const seen = new Data(page);
  await page.goto(path);
  return { page, seen };
}

/** Presses «Khóa sổ» in the form by keyboard, and says yes; what is asked before. */
async function sendAndAgree(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: vi('closing:close.send'), exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}

/** What the server answers with when a document is asked for by its button. */
async function asked(page: Page, button: Locator, ending: string) {
  const answer = page.waitForResponse((r) => r.url().endsWith(ending));
  await button.press('Enter');
  const response = await answer;
  expect(response.status()).toBe(200);
  return { path: new URL(response.url()).pathname.replace('/api/v1', ''), type: response.headers()['content-type'] };
}

test('cash is allowed, taken, counted with a difference and closed; whoever answers for it sees the difference', async ({ office, people }) => {
  test.setTimeout(420_000);
  const { api } = office;
  await openCounters(api, COUNTER);
  const byCard = await collected(api, 80_000, 'POS 000123');
  const inCash = await owesLePhi(api, await takeIn(api), 16_000);
  const cashier = await at(people, office, 'thungan', `/dossiers/${inCash.id}`);
  const director = await at(people, office, 'giamdoc', '/closing');
  const cash = (page: Page) => region(page, 'closing:cash.title');
  const list = (page: Page) => region(page, 'closing:list.title');
  const closing = vi('closing:named', { number: '1', day: DAY });

  await test.step('without a decision no cash is taken', async () => {
    const { page } = cashier;
    const panel = await openForm(page, 'payments');
    await expect(panel.getByRole('radio', { name: vi('actions:payment.card') })).toBeVisible();
    await cashier.seen.quiet();
    await expect(panel.getByRole('radio', { name: vi('actions:payment.cash') })).toHaveCount(0);
  });

  await test.step('the director enters the decision, by keyboard', async () => {
    const { page } = director;
    await expect(till(page)).toHaveCount(0);
    await expect(list(page)).toContainText(vi('closing:list.none'));
    await expect(cash(page)).toContainText(vi('closing:cash.none'));
    await goTo(page, label('closing:cash.tick'));
    await page.keyboard.press('Space');
    await expect(page.locator('[name=allowed]')).toBeChecked();
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('[name=source]')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('[name=source]')).toBeFocused();
    await lookAtAsItIs(page, 'closing-cash-refused');
    await page.keyboard.insertText(DECISION);
    await page.keyboard.press('Control+Enter');
    await expect(cash(page)).toContainText(vi('closing:cash.saved'));
    await expect(cash(page)).toContainText(vi('closing:cash.allowed'));
    await expect(cash(page)).toContainText(DECISION);
    await lookAt(page, director.seen, 'closing-director');
  });

  await test.step('then it is, on the page of the dossier', async () => {
    const { page } = cashier;
    await page.reload();
    const panel = await openForm(page, 'payments');
    await panel.getByRole('radio', { name: vi('actions:payment.cash') }).check();
    await panel.getByLabel(vi('actions:payment.feeReference.cash')).fill('PT 0007');
    await lookAtAsItIs(page, 'dossier-cash');
    await sendForm(page, 'payments', 'payment.send.paid');
    const fees = region(page, 'fee:title');
    await fees.getByText(vi('fee:ledger.title')).click();
    await expect(fees).toContainText(vi('fee:ledger.account.cash'));
    await expect(fees).toContainText(`${vi('fee:method.cash')} · PT 0007`);
  });

  await test.step('the till holds both', async () => {
    const { page } = cashier;
    await page.getByRole('link', { name: vi('common:nav.closing'), exact: true }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('closing:title'));
    await expect(till(page)).toContainText(DAY);
    await expect(till(page)).toContainText(vnd('96.000'));
    await expect(till(page)).not.toContainText(vi('closing:till.late', { day: DAY }));
    const lines = till(page).getByRole('table', { name: vi('closing:line.title') });
    await expect(rows(lines)).toHaveCount(2);
    await expect(rows(lines).filter({ hasText: byCard.code })).toContainText('POS 000123');
    await expect(rows(lines).filter({ hasText: byCard.code })).toContainText('AB-26E 0000001');
    await expect(rows(lines).filter({ hasText: inCash.code })).toContainText(vi('fee:method.cash'));
    await expect(lines.getByRole('link', { name: inCash.code })).toHaveAttribute('href', `/dossiers/${inCash.id}`);
    await lookAt(page, cashier.seen, 'closing-till');
  });

  await test.step('what is not counted is told, each at its field', async () => {
    const { page } = cashier;
    await form(page).locator('[name=card_vnd]').focus();
    await page.keyboard.press('Control+Enter');
    await expect(form(page).locator('[name=card_vnd]')).toHaveAttribute('aria-invalid', 'true');
    await expect(form(page).locator('[name=card_vnd]')).toBeFocused();
    await expect(note(page, 500_000)).toHaveAttribute('aria-invalid', 'true');
    await expect(form(page)).toContainText(vi('closing:lacking.card_vnd'));
    await expect(form(page)).toContainText(vi('closing:lacking.cash_notes'));
    await lookAtAsItIs(page, 'closing-lacking');
    await lookAt(page, cashier.seen, 'closing-lacking');
  });

  await test.step('what is counted wrong wants its reason, by keyboard', async () => {
    const { page } = cashier;
    await form(page).locator('[name=card_vnd]').focus();
    await page.keyboard.type('80000');
    await expect(form(page).locator('[name=card_vnd]')).toHaveValue('80.000');
    await expect(form(page)).toContainText(vi('closing:weighed.unknown'));
    // Enter goes to the next note, and does not send.
    for (const value of [500_000, 200_000, 100_000, 50_000, 20_000, 10_000]) {
      await page.keyboard.press('Enter');
      await expect(note(page, value)).toBeFocused();
    }
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await page.keyboard.type('1');
    await expect(note(page, 5_000)).toHaveValue('1');
    await expect(form(page)).toContainText(vnd('15.000'));
    await expect(form(page)).toContainText(/Thiếu 1\.000\sđ/);
    await expect(form(page).locator('[name=reason]')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(form(page).locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
    await expect(form(page).locator('[name=reason]')).toBeFocused();
    await lookAt(page, cashier.seen, 'closing-reason');
    await form(page).locator('[name=counter_id]').selectOption({ label: COUNTER });
    await form(page).locator('[name=reason]').focus();
    await page.keyboard.insertText(REASON);
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: vi('closing:close.send'), exact: true })).toBeFocused();
    await expect(dialog).toContainText(/Khóa sổ 96\.000\sđ của ngày 02\/03\/2026\?/);
    await expect(dialog).toContainText(/Thiếu 1\.000\sđ/);
    await lookAtAsItIs(page, 'closing-ask');
    // Thinking better of it loses nothing.
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(form(page).locator('[name=reason]')).toBeFocused();
    await expect(form(page).locator('[name=reason]')).toHaveValue(REASON);
    await expect(note(page, 10_000)).toHaveValue('1');
    await sendAndAgree(page);
  });

  await test.step('it is closed, printed and kept as a workbook, and nothing is open any more', async () => {
    const { page } = cashier;
    const told = page.getByText(/^Đã khóa sổ lần 1: 96\.000\sđ của ngày 02\/03\/2026\.$/);
    await expect(told).toBeVisible();
    // The form is gone, and the hands are where one goes on.
    await expect(page.locator('[aria-live]').filter({ has: told })).toBeFocused();
    await expect(till(page)).toContainText(vi('closing:till.none'));
    await expect(form(page)).toHaveCount(0);
    await lookAt(page, cashier.seen, 'closing-closed');
    const opened = page.context().waitForEvent('page');
    const pdf = await asked(page, page.getByRole('button', { name: vi('closing:print') }), '/document.pdf');
    expect(pdf.type).toBe('application/pdf');
    const shown = await opened;
    await expect.poll(() => shown.url()).toMatch(/^blob:/);
    await shown.close();
    const words = await wordsOf(await api.file('thungan', pdf.path));
    for (const said of ['BẢNG KHÓA SỔ THU PHÍ, LỆ PHÍ', COUNTER, byCard.code, inCash.code, '96.000', REASON]) expect(words).toContain(said);
    const kept = page.waitForEvent('download');
    const sheet = await asked(page, page.getByRole('button', { name: vi('closing:workbook') }), '/workbook.xlsx');
    expect(sheet.type).toBe(XLSX);
    expect((await kept).suggestedFilename()).toBe('khoa-so-2026-03-02-1.xlsx');
  });

  await test.step('it stands in the list, and opens from there', async () => {
    const { page } = cashier;
    const row = rows(list(page));
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(vnd('96.000'));
    await expect(row).toContainText(/Thiếu 1\.000\sđ/);
    await expect(row).toContainText(REASON);
    await row.getByRole('link', { name: closing }).press('Enter');
    await expect(page).toHaveURL(/\/closing\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('closing:one.title'));
    const one = page.getByRole('region', { name: closing, exact: true });
    for (const said of [COUNTER, REASON, DAY]) await expect(one).toContainText(said);
    const counted = region(page, 'closing:weighed.title');
    await expect(counted.getByRole('table', { name: vi('closing:notes.title') }).getByRole('row')).toHaveCount(4);
    await expect(counted).toContainText(vnd('15.000'));
    await expect(rows(region(page, 'closing:line.title'))).toHaveCount(2);
    await lookAt(page, cashier.seen, 'closing-one');
    await page.getByRole('link', { name: vi('closing:one.all') }).press('Enter');
    await expect(till(page)).toContainText(vi('closing:till.none'));
  });

  await test.step('the director sees it with its difference, and closes none', async () => {
    const { page } = director;
    await page.goto('/closing');
    await expect(form(page)).toHaveCount(0);
    await expect(rows(list(page))).toContainText(/Thiếu 1\.000\sđ/);
    await list(page).getByRole('link', { name: closing }).press('Enter');
    await expect(page.getByRole('region', { name: closing, exact: true })).toContainText(REASON);
  });

  await test.step('who inspects reads it and changes nothing; whose work it is not is led to their own', async () => {
    const inspector = await at(people, office, 'thanhtra', '/closing');
    await expect(rows(list(inspector.page))).toContainText(REASON);
    await expect(cash(inspector.page)).toContainText(DECISION);
    await expect(inspector.page.getByRole('form')).toHaveCount(0);
    const other = await at(people, office, 'tiepnhan', '/closing');
    await expect(other.page).toHaveURL((url) => url.pathname === '/');
  });
});

test('what was taken back stands in the till, what is left of the day before is told, and a till that moved is looked at again', async ({ office, people }) => {
  test.setTimeout(240_000);
  const { api } = office;
  const wrong = await collected(api, 80_000, 'POS 000201');
  const proposal = await api.call<{ id: string; version: number }>('thungan', 'POST', `/dossiers/${wrong.id}/collection-voids`, { reason: 'Bấm nhầm hồ sơ' });
  await api.call('lanhdao.thd', 'POST', `/collection-voids/${proposal.id}/approvals`, undefined, proposal.version);
  await collected(api, 50_000, 'POS 000202');
  await api.forward(24 * 60, office.ahead);
  const page = await people.page('thungan', { at: office });
  const seen = new Data(page);
  // As if the cashier had closed a part of it elsewhere since this was read.
  await page.route(/\/api\/v1\/till(\?|$)/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { open: { until_seq: number } };
    await route.fulfill({ response: answer, json: { ...body, open: { ...body.open, until_seq: body.open.until_seq + 1000 } } });
  });
  await page.goto('/closing');

  await test.step('the day before is still open', async () => {
    await expect(till(page)).toContainText(vi('closing:till.late', { day: DAY }));
    const back = rows(till(page).getByRole('table', { name: vi('closing:line.title') })).filter({ hasText: vi('closing:line.takenBack') });
    await expect(back).toHaveCount(1);
    await expect(back).toContainText(wrong.code);
    await expect(back).toContainText(/-80\.000\sđ/);
    const sums = till(page).getByRole('table', { name: vi('closing:sums.title') });
    for (const said of ['130.000', '80.000', '50.000']) await expect(sums).toContainText(vnd(said));
    await lookAt(page, seen, 'closing-late');
  });

  await test.step('a till that moved is shown anew, and what was counted stays', async () => {
    const card = form(page).locator('[name=card_vnd]');
    await card.focus();
    // Below zero, too: more may have gone back than came.
    await page.keyboard.type('-50000');
    await expect(card).toHaveValue('-50.000');
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await expect(card).toHaveValue('50.000');
    await expect(form(page)).toContainText(vi('closing:difference.none'));
    await expect(form(page).locator('[name=reason]')).toHaveCount(0);
    await sendAndAgree(page);
    await expect(page.getByRole('alert')).toContainText('till_moved');
    await expect(card).toHaveValue('50.000');
    await axeFindsNothing(page, 'closing-moved');
    await page.unrouteAll({ behavior: 'wait' });
    await page.reload();
    await expect(till(page)).toContainText(vnd('50.000'));
    await form(page).locator('[name=card_vnd]').fill('50000');
    await sendAndAgree(page);
    await expect(till(page)).toContainText(vi('closing:till.none'));
    await expect(rows(region(page, 'closing:list.title'))).toContainText(vi('closing:difference.none'));
  });
});
