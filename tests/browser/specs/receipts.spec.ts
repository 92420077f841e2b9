import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { Data, axeFindsNothing } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { test, type Office } from '../support/office.ts';
import { lookAt, lookAtAsItIs, openForm, sendForm } from '../support/panel.ts';
import { wordsOf } from '../support/pdf.ts';
import { takeIn } from '../support/scene.ts';
import { expect, type People } from '../support/test.ts';
import { owesLePhi, payAtBank, type Asked } from '../support/till.ts';
import { label, vi } from '../support/words.ts';

const PAYER = 'Trịnh Thị Quỳnh Như';
const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
/** The symbols that the tests open, for phí and for lệ phí. */
const [PHI, LE_PHI] = ['BA-26E', 'BB-26E'] as const;

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const tab = (page: Page, name: string) =>
  page.getByRole('group', { name: vi('receipt:which') }).getByRole('button', { name: vi(`receipt:tab.${name}`), exact: true });
const lineOf = (page: Page, key: string, text: string | RegExp) =>
  region(page, key).getByRole('listitem').filter({ hasText: text });
/** The row of a receipt in the list of those given. */
const rowOf = (page: Page, name: string) => region(page, 'receipt:issued.title').getByRole('row').filter({ hasText: name });
const print = (within: Locator, name: string) =>
  within.getByRole('button', { name: vi('receipt:printOf', { name }), exact: true });

/** A dossier that owes phí, as its procedure says. */
async function owesPhi(api: Api): Promise<{ id: string; code: string }> {
  const { id, code, version } = await takeIn(api, { procedure: '2.000635' });
  await api.call('tiepnhan', 'POST', `/dossiers/${id}/assessments`, { copies: 2 }, version);
  return { id, code: code ?? '' };
}

/** The administrator opens a series through the screen, by keyboard. */
async function openSeries(page: Page, kind: 'phi' | 'le_phi', serial: string): Promise<void> {
  const form = page.getByRole('form', { name: vi('receipt:series.new') });
  await form.locator('[name=authority_id]').selectOption({ label: WARD });
  await form.locator('[name=kind]').selectOption(kind);
  const first = form.locator('[name=form_symbol]');
  await first.focus();
  for (const [name, text] of [
    ['form_symbol', kind === 'phi' ? '01BLP2-003' : '01BLP2-004'],
    ['serial_symbol', serial],
    ['body_name', WARD],
    ['tax_code', '0100109106'],
    ['address', 'Số 2 phố Nguyễn Du, phường Trần Hưng Đạo, Hà Nội'],
    ['source', 'Thông báo phát hành 01/TB-UBND ngày 02/01/2026'],
  ] as const) {
    await expect(form.locator(`[name=${name}]`)).toBeFocused();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
    // Enter moves on, and does not send.
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+Enter');
  await expect(form.getByText(vi('receipt:series.done', { name: serial, body: WARD }))).toBeVisible();
}

/** The cashier says on the dossier's page that it was paid by card. */
async function paidByCard(page: Page, dossier: string): Promise<void> {
  await page.goto(`/dossiers/${dossier}`);
  const form = await openForm(page, 'payments');
  await form.getByRole('radio', { name: vi('actions:payment.card') }).check();
  await form.getByLabel(vi('actions:payment.feeReference.card')).fill('POS 000123');
  await sendForm(page, 'payments', 'payment.send.paid');
}

/** Presses «Bản in»; what the document says that opens in a tab of its own. */
async function printed(page: Page, api: Api, button: Locator): Promise<string> {
  const asked = page.waitForRequest((r) => r.url().endsWith('/document.pdf'));
  const opened = page.context().waitForEvent('page');
  await button.press('Enter');
  const path = new URL((await asked).url()).pathname.replace('/api/v1', '');
  const shown = await opened;
  await expect.poll(() => shown.url()).toMatch(/^blob:/);
  await shown.close();
  // The browser's own viewer has it and tells no test what it shows.
  return wordsOf(await api.file('thungan', path));
}

/** Somebody with a page of receipts open, and what it shows. */
async function at(people: People, office: Office, who: string, path: string) {
  const page = await people.page(who, { at: office });
  const seen = new Data(page);
  await page.goto(path);
  return { page, seen };
}

test('the administrator opens series, money gives receipts at once, what was owed is given, and a wrong payer is put right', async ({
  office,
  people,
}) => {
  test.setTimeout(420_000);
  const { api } = office;
  const admin = await at(people, office, 'admin', '/receipts');
  const before = await owesPhi(api);

  await test.step('the administrator ends a series, from the menu on by keyboard', async () => {
    const { page } = admin;
    await expect(region(page, 'receipt:issued.title')).toContainText(vi('receipt:issued.none'));
    await lookAt(page, admin.seen, 'receipts-none');
    await goTo(page, label('receipt:tab.series'));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/tab=series/);
    const line = lineOf(page, 'receipt:series.title', `${WARD} – `).filter({ hasText: 'AA-26E' });
    await line.getByRole('button').press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(vi('receipt:series.ask'));
    await lookAtAsItIs(page, 'receipts-series-end');
    await dialog.getByRole('button', { name: vi('receipt:series.endYes') }).press('Enter');
    await expect(line).toContainText(vi('receipt:series.ended'));
  });

  const till = await at(people, office, 'thungan', '/receipts?tab=owed');
  await test.step('money is collected all the same, and its receipt is owed', async () => {
    const { page } = till;
    await expect(region(page, 'receipt:owed.title')).toContainText(vi('receipt:owed.none'));
    await paidByCard(page, before.id);
    const fees = region(page, 'fee:title');
    await expect(fees).toContainText(/Còn phải lập biên lai cho 16\.000\sđ/);
    await fees.getByRole('link', { name: vi('receipt:of.toOwed') }).press('Enter');
    const line = lineOf(page, 'receipt:owed.title', before.code);
    await expect(line).toContainText('16.000');
    await lookAt(page, till.seen, 'receipts-owed');
    await line.getByRole('button', { name: vi('receipt:owed.giveOf', { code: before.code }) }).press('Enter');
    await expect(page.getByRole('alert')).toContainText('no_receipt_series');
  });

  await test.step('the administrator opens two series; a wrong tax code is refused', async () => {
    const { page } = admin;
    const form = page.getByRole('form', { name: vi('receipt:series.new') });
    await expect(form.locator('[name=body_name]')).toHaveValue(WARD);
    await form.locator('[name=tax_code]').fill('0100109107');
    await page.keyboard.press('Control+Enter');
    await expect(form.locator('[name=form_symbol]')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.locator('[name=form_symbol]')).toBeFocused();
    await expect(form.locator('[name=tax_code]')).toHaveAttribute('aria-invalid', 'true');
    await lookAtAsItIs(page, 'receipts-series-refused');
    await openSeries(page, 'phi', PHI);
    await openSeries(page, 'le_phi', LE_PHI);
    await expect(lineOf(page, 'receipt:series.title', PHI)).toContainText(vi('receipt:series.open'));
    await expect(lineOf(page, 'receipt:series.title', LE_PHI)).toContainText(vi('receipt:series.open'));
    // The one before has ended by itself.
    const old = lineOf(page, 'receipt:series.title', `${WARD} – `).filter({ hasText: 'AB-26E' });
    await expect(old).toContainText(vi('receipt:series.ended'));
    await lookAt(page, admin.seen, 'receipts-series');
  });

  await test.step('the cashier gives what was owed', async () => {
    const { page } = till;
    const give = page.getByRole('button', { name: vi('receipt:owed.giveOf', { code: before.code }) });
    await give.press('Enter');
    await expect(page.getByText(vi('receipt:owed.given', { names: `${PHI} 0000001` }))).toBeVisible();
    await expect(give).toHaveCount(0);
  });

  const by = await owesLePhi(api, await takeIn(api), 80_000);
  await test.step('who pays by the code has a receipt before the cashier has looked up', async () => {
    const { page } = till;
    await page.goto(`/till?code=${by.code}`);
    await page.getByRole('button', { name: vi('payment:due.collectOf', { code: by.code }) }).press('Enter');
    const card = region(page, 'payment:request.title');
    await expect(card.getByAltText(vi('payment:request.code'))).toBeVisible();
    const asked = await api.call<Asked>('thungan', 'GET', `/payment-requests/${new URL(page.url()).searchParams.get('request')}`);
    await payAtBank(api, asked, 80_000);
    await expect(card).toContainText(vi('payment:request.paid'));
    await expect(card).toContainText(`${LE_PHI} 0000001`);
    await lookAt(page, till.seen, 'till-receipt');
    const words = await printed(page, api, print(card, `${LE_PHI} 0000001`));
    for (const said of ['BIÊN LAI THU LỆ PHÍ', WARD, '0100109106', LE_PHI, '0000001', PAYER, by.code, '80.000', asked.reference])
      expect(words).toContain(said);
    expect(words.toLowerCase()).toContain('tám mươi nghìn đồng');
    expect(words).not.toContain('Thay thế');
  });

  await test.step('a receipt with another payer takes its place, with the next number', async () => {
    const { page } = till;
    await region(page, 'payment:request.title').getByRole('link', { name: vi('receipt:of.all') }).press('Enter');
    await expect(page).toHaveURL(/dossier_id=/);
    await expect(region(page, 'receipt:issued.title')).toContainText(vi('receipt:issued.only', { code: by.code }));
    const replace = rowOf(page, `${LE_PHI} 0000001`).getByRole('button', {
      name: vi('receipt:replace.beginOf', { name: `${LE_PHI} 0000001` }),
    });
    await replace.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.locator('[name=reason]')).toBeFocused();
    await expect(dialog.locator('[name=payer_name]')).toHaveValue(PAYER);
    await page.keyboard.press('Control+Enter');
    await expect(dialog.locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
    await lookAtAsItIs(page, 'receipts-replace');
    await page.keyboard.insertText('Người nộp là chồng của người yêu cầu');
    await page.keyboard.press('Enter');
    await expect(dialog.locator('[name=payer_name]')).toBeFocused();
    await page.keyboard.insertText('Nguyễn Hữu Phước');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    const done = vi('receipt:replace.done', { name: `${LE_PHI} 0000002`, before: `${LE_PHI} 0000001` });
    await expect(page.getByText(done)).toBeVisible();
    await expect(rowOf(page, `${LE_PHI} 0000001`)).toContainText(vi('receipt:state.replaced'));
    await expect(replace).toHaveCount(0);
    await expect(rowOf(page, `${LE_PHI} 0000002`)).toContainText(vi('receipt:state.valid'));
    const words = await printed(page, api, print(rowOf(page, `${LE_PHI} 0000002`), `${LE_PHI} 0000002`));
    for (const said of ['0000002', 'Nguyễn Hữu Phước', `Thay thế biên lai ${LE_PHI} 0000001`, '80.000'])
      expect(words).toContain(said);
    const old = await printed(page, api, print(rowOf(page, `${LE_PHI} 0000001`), `${LE_PHI} 0000001`));
    expect(old).toContain(`ĐÃ ĐƯỢC THAY THẾ BẰNG BIÊN LAI ${LE_PHI} 0000002`);
    expect(old).toContain(PAYER);
  });

  await test.step('all of them are listed, for who reads them too', async () => {
    const { page } = till;
    await page.getByRole('button', { name: vi('receipt:issued.all'), exact: true }).press('Enter');
    await expect(rowOf(page, `${PHI} 0000001`)).toContainText('16.000');
    await lookAt(page, till.seen, 'receipts-issued');
    const inspector = await at(people, office, 'thanhtra', '/receipts');
    await expect(rowOf(inspector.page, `${LE_PHI} 0000002`)).toBeVisible();
    await expect(inspector.page.getByRole('button', { name: vi('receipt:replace.begin') })).toHaveCount(0);
    await tab(inspector.page, 'series').press('Enter');
    await expect(lineOf(inspector.page, 'receipt:series.title', PHI)).toBeVisible();
    await expect(inspector.page.getByRole('form')).toHaveCount(0);
  });
});

test('a collection that was none is taken back by two on its own day, and the dossier owes again', async ({ office, people }) => {
  test.setTimeout(300_000);
  const { api } = office;
  const dossier = await owesPhi(api);
  const name = 'AA-26E 0000001';
  const till = await at(people, office, 'thungan', '/receipts?tab=voids');
  const leader = await at(people, office, 'lanhdao.thd', '/receipts?tab=voids');
  const fees = region(till.page, 'fee:title');
  const proposal = (page: Page, reason: string) => lineOf(page, 'receipt:voids.title', reason);

  const propose = async (reason: string) => {
    await fees.getByRole('button', { name: vi('receipt:propose.begin') }).press('Enter');
    const dialog = till.page.getByRole('dialog');
    await expect(dialog.locator('[name=reason]')).toBeFocused();
    await till.page.keyboard.insertText(reason);
    await till.page.keyboard.press('Control+Enter');
    await expect(fees).toContainText(vi('receipt:propose.waits'));
  };

  await test.step('the cashier says so, with the reason', async () => {
    await expect(region(till.page, 'receipt:voids.title')).toContainText(vi('receipt:voids.none'));
    await paidByCard(till.page, dossier.id);
    await expect(fees).toContainText(name);
    await fees.getByRole('button', { name: vi('receipt:propose.begin') }).press('Enter');
    await expect(till.page.getByRole('dialog').locator('[name=reason]')).toBeFocused();
    await till.page.keyboard.press('Control+Enter');
    await expect(till.page.getByRole('dialog').locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
    await axeFindsNothing(till.page, 'void-propose');
    await till.page.keyboard.press('Escape');
    await propose('Bấm nhầm hồ sơ');
    await lookAt(till.page, till.seen, 'dossier-void-proposed');
  });

  await test.step('a leader does not agree, and it stays', async () => {
    const { page } = leader;
    await page.reload();
    await proposal(page, 'Bấm nhầm hồ sơ').getByRole('button', { name: vi('receipt:voids.step.reject') }).press('Enter');
    await page.getByRole('dialog').locator('[name=reason]').fill('Máy quẹt thẻ có giao dịch này');
    await lookAtAsItIs(page, 'void-reject');
    await page.keyboard.press('Control+Enter');
    await expect(proposal(page, 'Bấm nhầm hồ sơ')).toContainText(vi('receipt:voids.state.rejected'));
    await expect(proposal(page, 'Bấm nhầm hồ sơ')).toContainText('Máy quẹt thẻ có giao dịch này');
  });

  await test.step('it is said again; who said so does not decide about it', async () => {
    await till.page.reload();
    await propose('Thẻ không bị trừ tiền');
    await till.page.goto('/receipts?tab=voids');
    await expect(proposal(till.page, 'Thẻ không bị trừ tiền')).toContainText(vi('receipt:voids.state.proposed'));
    await expect(proposal(till.page, 'Thẻ không bị trừ tiền').getByRole('button')).toHaveCount(0);
  });

  await test.step('a leader agrees', async () => {
    const { page } = leader;
    await page.reload();
    await proposal(page, 'Thẻ không bị trừ tiền').getByRole('button', { name: vi('receipt:voids.step.approve') }).press('Enter');
    await expect(page.getByRole('dialog')).toContainText(vi('receipt:voids.ask.approve'));
    await lookAtAsItIs(page, 'void-approve');
    await page.getByRole('dialog').getByRole('button', { name: vi('receipt:voids.step.approve') }).press('Enter');
    await expect(proposal(page, 'Thẻ không bị trừ tiền')).toContainText(vi('receipt:voids.state.approved'));
    await lookAt(page, leader.seen, 'receipts-voids');
  });

  await test.step('the dossier owes again, and the receipt says that it is void', async () => {
    const { page } = till;
    await page.goto(`/dossiers/${dossier.id}`);
    await expect(fees).toContainText(vi('dossier:payment.due'), { ignoreCase: true });
    await expect(fees).toContainText(vi('receipt:state.voided'));
    await expect(fees.getByRole('button', { name: vi('receipt:propose.begin') })).toHaveCount(0);
    await expect(region(page, 'dossier:timeline.title').getByRole('listitem').first()).toContainText(
      vi('dossier:event.collection_voided'),
    );
    const words = await printed(page, api, print(fees, name));
    expect(words).toContain('ĐÃ HỦY');
    expect(words).toContain(PAYER);
    await lookAt(page, till.seen, 'dossier-void-approved');
    // Paid after all: another receipt, with the next number.
    await paidByCard(page, dossier.id);
    await expect(fees).toContainText('AA-26E 0000002');
  });
});
