import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { goTo } from '../support/counter.ts';
import { test } from '../support/office.ts';
import { lookAtAsItIs, panelOf } from '../support/panel.ts';
import { wordsOf } from '../support/pdf.ts';
import { takeIn } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { owesLePhi, payAtBank, type Asked } from '../support/till.ts';
import { label, vi } from '../support/words.ts';

const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
const [DAY, TODAY] = ['02/03/2026', '2026-03-02'] as const;
const PDF = 'application/pdf';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE = 'sao-ke-cuoi-ngay.csv';
/** Where lệ phí is laid down. */
const SOURCE = 'Nghị quyết 15/2025/NQ-HĐND, Điều 3';
const EVIDENCE = 'Giấy chứng nhận hộ nghèo số 12';
const SLIP = 'POS 000123';
const PAYOUT = 'FT26061900001';
/** The columns of the bank's file, by the fields that ask for them. */
const COLUMNS = [
  ['booked_on', 'Ngày giao dịch'],
  ['dates', ''],
  ['credit', 'Ghi có'],
  ['debit', 'Ghi nợ'],
  ['reference', 'Số bút toán'],
  ['description', 'Nội dung'],
  ['payer_name', 'Người chuyển'],
  ['payer_account', ''],
] as const;

type Kind = 'phi' | 'le_phi';
interface Sums {
  waived_vnd: number;
  card_vnd: number;
  bank_vnd: number;
  collected_vnd: number;
}
interface Total extends Record<Kind, Sums> {
  received_vnd: number;
  refunded_vnd: number;
}

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const items = (page: Page, key: string) => region(page, key).getByRole('listitem');
const rows = (within: Locator) => within.getByRole('row').filter({ has: within.page().getByRole('cell') });
const dots = (amount: number) => new Intl.NumberFormat('vi-VN').format(amount);
/** An amount as a screen writes it, whatever space stands before the sign. */
const vnd = (amount: number) => new RegExp(`(^|[^\\d.])${dots(amount).replaceAll('.', '\\.')}\\sđ`);
/** One that stands alone at the end of its cell. */
const figure = (amount: number) => new RegExp(`(^|[^\\d.])${dots(amount).replaceAll('.', '\\.')}(\\sđ)?$`);

/** Goes to a screen by the menu. */
async function by(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: vi('common:nav.main') });
  await menu.getByRole('link', { name: vi(`common:nav.${name}`), exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi(name === 'money' ? 'payment:money.title' : `common:nav.${name}`));
}

/** At the till the slip is scanned, and the payer asked; what stands on the code. */
async function asksAtTheTill(page: Page, api: Api, code: string): Promise<Asked> {
  await by(page, 'till');
  // Opened from the menu, it waits for the scanner, and says where one is.
  const scans = page.getByLabel(label('payment:due.code'));
  await expect(scans).toBeFocused();
  await expect(scans).toHaveAccessibleDescription(vi('payment:till.title'));
  await page.keyboard.insertText(code);
  await page.keyboard.press('Enter');
  const collect = page.getByRole('button', { name: vi('payment:due.collectOf', { code }), exact: true });
  await expect(region(page, 'payment:due.title').getByRole('listitem')).toHaveCount(1);
  await expect(collect).toBeVisible();
  await goTo(page, label('payment:due.collectOf', { code }));
  await page.keyboard.press('Enter');
  const card = region(page, 'payment:request.title');
  await expect(card.getByAltText(vi('payment:request.code'))).toBeVisible();
  await expect(card).toContainText(code);
  return api.call<Asked>('thungan', 'GET', `/payment-requests/${new URL(page.url()).searchParams.get('request')}`);
}

/** The bank's own name of money that came for a request. */
async function movementOf(api: Api, { reference }: Asked): Promise<string> {
  const money = await api.call<{ items: { bank_reference: string; description: string }[] }>('thungan', 'GET', '/bank-transactions?limit=100');
  return money.items.find((m) => m.description.includes(reference))?.bank_reference ?? '';
}

/** A document that a button shows in a tab of its own; its words. */
async function printed(page: Page, api: Api, button: Locator): Promise<string> {
  const answer = page.waitForResponse((r) => r.url().includes('/document.pdf'));
  const opened = page.context().waitForEvent('page');
  await button.press('Enter');
  const response = await answer;
  expect(response.status()).toBe(200);
  expect(response.headers()['content-type']).toContain(PDF);
  const shown = await opened;
  await expect.poll(() => shown.url()).toMatch(/^blob:/);
  await shown.close();
  const { pathname, search } = new URL(response.url());
  return wordsOf(await api.file('thungan', `${pathname.replace('/api/v1', '')}${search}`));
}

/** A workbook that a button keeps; its name. */
async function kept(page: Page, button: Locator): Promise<string> {
  const answer = page.waitForResponse((r) => r.url().includes('/workbook.xlsx'));
  const file = page.waitForEvent('download');
  await button.press('Enter');
  expect((await answer).status()).toBe(200);
  expect((await answer).headers()['content-type']).toContain(XLSX);
  return (await file).suggestedFilename();
}

const totalOf = async (api: Api): Promise<Total> => {
  const ward = await api.ward('thd');
  const sheet = await api.call<{ total: Total }>('thungan', 'GET', `/collection-sheet?authority_id=${ward.id}&from=${TODAY}&to=${TODAY}`);
  return sheet.total;
};

test('a cashier’s day: collected by code and card, exempt, given back, held against the statement, closed and printed', async ({
  office,
  people,
}) => {
  test.setTimeout(480_000);
  const { api } = office;
  const before = await totalOf(api);
  const byCode = await owesLePhi(api, await takeIn(api), 80_000);
  const exempt = await takeIn(api);
  const byCard = await takeIn(api, { procedure: '2.000635' });
  await api.call('tiepnhan', 'POST', `/dossiers/${byCard.id}/assessments`, { copies: 2 }, byCard.version);
  const tooMuch = await owesLePhi(api, await takeIn(api), 50_000);
  const untold = await owesLePhi(api, await takeIn(api), 40_000);

  const page = await people.page('thungan', { at: office });
  const leader = await people.page('lanhdao.thd', { at: office });
  const request = region(page, 'payment:request.title');
  const fees = region(page, 'fee:title');
  await page.goto('/');

  const first = await test.step('the payer pays by the code: the till turns to paid by itself, with its receipt', async () => {
    const asked = await asksAtTheTill(page, api, byCode.code);
    await expect(request).toContainText('tám mươi nghìn đồng');
    await payAtBank(api, asked, 80_000);
    await expect(request).toContainText(vi('payment:request.paid'));
    await expect(request).toContainText('AB-26E 0000001');
    const words = await printed(page, api, request.getByRole('button', { name: vi('receipt:printOf', { name: 'AB-26E 0000001' }) }));
    for (const said of ['BIÊN LAI THU LỆ PHÍ', 'AB-26E', '0000001', byCode.code, '80.000', asked.reference]) expect(words).toContain(said);
    return asked;
  });

  await test.step('who is exempt owes nothing, and it is said line by line', async () => {
    await page.goto(`/dossiers/${exempt.id}`);
    await fees.getByRole('button', { name: vi('fee:begin'), exact: true }).press('Enter');
    await expect(fees.getByLabel(vi('fee:stated.amount'))).toBeVisible();
    for (const [field, text] of [
      [label('fee:stated.amount'), '80000'],
      [label('fee:stated.source'), SOURCE],
    ] as const) {
      await goTo(page, field);
      await page.keyboard.insertText(text);
    }
    await goTo(page, /^Miễn lệ phí hộ tịch/);
    await page.keyboard.press('Space');
    await goTo(page, label('fee:claims.evidence'));
    await page.keyboard.insertText(EVIDENCE);
    await page.keyboard.press('Enter');
    await expect(fees).toContainText('không đồng');
    await goTo(page, label('fee:keep'));
    await page.keyboard.press('Enter');
    await expect(fees).toContainText(vi('dossier:payment.exempt'), { ignoreCase: true });
    await expect(fees.getByRole('form')).toHaveCount(0);
    const line = fees.getByRole('listitem').filter({ hasText: 'Lệ phí hộ tịch' }).first();
    await expect(line).toContainText(vnd(0));
    await expect(line).toContainText(vi('fee:evidence', { evidence: EVIDENCE }));
    const steps = line.getByRole('listitem');
    await expect(steps.first()).toHaveText(`Cán bộ nhập 80.000 đồng theo ${SOURCE}.`);
    await expect(steps.filter({ hasText: 'Miễn toàn bộ' })).toContainText('80.000');
    await expect(fees).toContainText(vnd(80_000));
    await by(page, 'till');
    await expect(items(page, 'payment:due.title').filter({ hasText: byCard.code ?? '' })).toHaveCount(1);
    await expect(items(page, 'payment:due.title').filter({ hasText: exempt.code ?? '' })).toHaveCount(0);
  });

  await test.step('by card, on the page of the dossier', async () => {
    await page.goto(`/dossiers/${byCard.id}`);
    const panel = panelOf(page);
    await panel.getByRole('button', { name: vi('actions:name.payments'), exact: true }).press('Enter');
    await panel.getByRole('radio', { name: vi('actions:payment.transfer') }).press('ArrowDown');
    await expect(panel.getByRole('radio', { name: vi('actions:payment.card') })).toBeChecked();
    await goTo(page, label('actions:payment.feeReference.card'));
    await page.keyboard.insertText(SLIP);
    await goTo(page, label('actions:payment.send.paid'));
    await page.keyboard.press('Enter');
    await expect(panel.getByText(vi('actions:done', { action: vi('actions:name.payments') }))).toBeVisible();
    await expect(fees).toContainText(vi('dossier:payment.paid'), { ignoreCase: true });
    await expect(fees).toContainText('AA-26E 0000001');
  });

  const second = await test.step('who pays too much has it back: proposed, approved by the leader, paid out', async () => {
    const asked = await asksAtTheTill(page, api, tooMuch.code);
    await payAtBank(api, asked, 60_000);
    await expect(request).toContainText(vi('payment:state.overpaid'));
    await by(page, 'money');
    const money = items(page, 'payment:money.list').filter({ hasText: asked.reference });
    await expect(money).toContainText(/Cần hoàn 10\.000\sđ/);
    await money.getByRole('button', { name: vi('payment:refund.begin') }).press('Enter');
    const dialog = page.getByRole('dialog');
    for (const [name, text] of [
      ['reason', 'Nộp thừa'],
      ['to_name', ''],
      ['to_bank', 'Vietcombank'],
      ['to_account', '0987000123'],
    ] as const) {
      await expect(dialog.locator(`[name=${name}]`)).toBeFocused();
      if (text) await page.keyboard.insertText(text);
      await page.keyboard.press(name === 'to_account' ? 'Control+Enter' : 'Enter');
    }
    await expect(dialog).toHaveCount(0);
    await expect(money).toContainText(vi('payment:refund.proposed'));
    const of = (at: Page) => items(at, 'payment:refunds.title').filter({ hasText: '0987000123' });
    await expect(of(page)).toContainText(vi('payment:refunds.state.proposed'));

    await leader.goto('/');
    await by(leader, 'money');
    await of(leader).getByRole('button', { name: vi('payment:refunds.step.approve') }).press('Enter');
    await expect(leader.getByRole('dialog').getByRole('button', { name: vi('payment:refunds.step.approve') })).toBeFocused();
    await leader.keyboard.press('Enter');
    await expect(of(leader)).toContainText(vi('payment:refunds.state.approved'));

    await page.reload();
    await of(page).getByRole('button', { name: vi('payment:refunds.step.payout') }).press('Enter');
    await expect(dialog.locator('[name=bank_reference]')).toBeFocused();
    await page.keyboard.insertText(PAYOUT);
    await page.keyboard.press('Control+Enter');
    await expect(of(page)).toContainText(vi('payment:refunds.state.paid_out'));
    await expect(money).toHaveCount(0);
    return asked;
  });

  // The payer pays, and the bank’s word of it is lost.
  const third = await test.step('another is asked', () => asksAtTheTill(page, api, untold.code));

  await test.step('the statement is brought in, its columns named first, and each class counted', async () => {
    const form = page.getByRole('form', { name: vi('statement:import.title'), exact: true });
    const dialog = page.getByRole('dialog');
    await by(page, 'statements');
    const account = form.locator('[name=account_id]');
    const wanted = account.locator('option').filter({ hasText: first.payee.account_number });
    await account.selectOption((await wanted.getAttribute('value')) ?? '');
    const bank = (await wanted.textContent())?.split(' · ')[0] ?? '';
    await form.getByRole('button', { name: vi('statement:import.columns', { bank }) }).press('Enter');
    for (const [name, text] of COLUMNS) {
      await expect(dialog.locator(`[name=${name}]`)).toBeFocused();
      if (text) await page.keyboard.insertText(text);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Control+Enter');
    await expect(form).toContainText(vi('statement:columns.done', { bank }));
    const lines = [
      'Ngày giao dịch;Số bút toán;Ghi nợ;Ghi có;Nội dung;Người chuyển',
      `${DAY};${await movementOf(api, first)};;80.000;${first.reference} nop le phi;TRAN VAN BINH`,
      `${DAY};${await movementOf(api, second)};;60.000;${second.reference} nop le phi;TRAN VAN BINH`,
      `${DAY};${PAYOUT};10.000;;Hoan tra nop thua;TRAN VAN BINH`,
      `${DAY};FT26061900002;;40.000;${third.reference} nop le phi;LE THI CUC`,
      `${DAY};FT26061900003;;16.000;Quyet toan the trong ngay;NGAN HANG`,
      `${DAY};FT26061900004;1.100;;Phi quan ly tai khoan;`,
    ];
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: FILE, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${lines.join('\n')}\n`) });
    await account.press('Control+Enter');
    await expect(form).toContainText(vi('statement:import.made_other', { file: FILE, shown: '6' }));
    const list = region(page, 'statement:list.title');
    await expect(rows(list)).toContainText(vi('statement:state.done'));
    await list.getByRole('link', { name: FILE }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('statement:one.title'));
    const count = (name: string) =>
      region(page, 'statement:counts.title').getByRole('button', { name: label(`statement:class.${name}`) });
    for (const [name, said, sum] of [
      ['all', '6 dòng', 0],
      ['known', '2 dòng', 140_000],
      ['new', '2 dòng', 56_000],
      ['differs', '0 dòng', 0],
      ['refund', '1 dòng', -10_000],
      ['treasury', '0 dòng', 0],
      ['outgoing', '1 dòng', -1_100],
      ['unreadable', '0 dòng', 0],
      ['missing', '0 khoản', 0],
    ] as const) {
      await expect(count(name)).toContainText(said);
      if (sum !== 0) await expect(count(name)).toContainText(vnd(sum));
    }
    await lookAtAsItIs(page, 'cashier-day-statement');
    await count('refund').press('Enter');
    await expect(rows(region(page, 'statement:class.refund'))).toHaveCount(1);
    await expect(rows(region(page, 'statement:class.refund'))).toContainText(PAYOUT);
    await count('new').press('Enter');
    await expect(rows(region(page, 'statement:class.new'))).toHaveCount(2);
  });

  await test.step('what the bank had not told of has paid; what the terminal settled is held against the card’s collection', async () => {
    const option = page.getByRole('dialog').getByRole('checkbox', { name: new RegExp(`^${byCard.code}`) });
    await page.getByRole('link', { name: vi('statement:toMoney') }).press('Enter');
    const money = items(page, 'payment:money.list');
    await expect(money).toHaveCount(1);
    await expect(money).toContainText('FT26061900003');
    await expect(items(page, 'payment:unbanked.title')).toContainText(SLIP);
    await money.getByRole('button', { name: vi('payment:reconcile.begin') }).press('Enter');
    await expect(option).toBeFocused();
    await page.keyboard.press('Space');
    await expect(page.getByRole('dialog')).toContainText(vi('payment:reconcile.why.even'));
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(money).toHaveCount(0);
    await expect(items(page, 'payment:placements.title')).toContainText('FT26061900003');
    await expect(region(page, 'payment:unbanked.title')).toContainText(vi('payment:unbanked.none'));
    await page.goto(`/dossiers/${untold.id}`);
    await expect(fees).toContainText(vi('dossier:payment.paid'), { ignoreCase: true });
    await expect(fees).toContainText('AB-26E 0000003');
  });

  await test.step('the till is counted and closed, and nothing is open any more', async () => {
    await by(page, 'closing');
    const till = region(page, 'closing:till.title');
    const form = page.getByRole('form', { name: vi('closing:close.title'), exact: true });
    const lines = rows(till.getByRole('table', { name: vi('closing:line.title') }));
    // What the bank told of is no business of the till.
    await expect(lines).toHaveCount(1);
    await expect(lines).toContainText(byCard.code ?? '');
    await expect(lines).toContainText(SLIP);
    await goTo(page, label('closing:close.card'));
    await page.keyboard.type('16000');
    await expect(form).toContainText(vi('closing:difference.none'));
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog').getByRole('button', { name: vi('closing:close.send'), exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText(/^Đã khóa sổ lần 1: 16\.000\sđ của ngày 02\/03\/2026\.$/)).toBeVisible();
    await expect(till).toContainText(vi('closing:till.none'));
    await expect(form).toHaveCount(0);
    await expect(rows(region(page, 'closing:list.title'))).toContainText(vi('closing:difference.none'));
    await lookAtAsItIs(page, 'cashier-day-closed');
    const words = await printed(page, api, page.getByRole('button', { name: vi('closing:print') }));
    for (const said of ['BẢNG KHÓA SỔ THU PHÍ, LỆ PHÍ', byCard.code ?? '', SLIP, '16.000']) expect(words).toContain(said);
    expect(await kept(page, page.getByRole('button', { name: vi('closing:workbook') }))).toBe(`khoa-so-${TODAY}-1.xlsx`);
  });

  await test.step('the day’s sheet says what was collected, and is printed', async () => {
    const after = await totalOf(api);
    const more = (kind: Kind, what: keyof Sums) => after[kind][what] - before[kind][what];
    expect([more('le_phi', 'bank_vnd'), more('le_phi', 'collected_vnd'), more('le_phi', 'waived_vnd')]).toEqual([170_000, 170_000, 80_000]);
    expect([more('phi', 'card_vnd'), more('phi', 'collected_vnd')]).toEqual([16_000, 16_000]);
    expect([after.received_vnd - before.received_vnd, after.refunded_vnd - before.refunded_vnd]).toEqual([196_000, 10_000]);
    await by(page, 'sheets');
    await page.locator('[name=authority_id]').selectOption({ label: WARD });
    await page.getByRole('button', { name: vi('sheet:choose.today') }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`from=${TODAY}&to=${TODAY}`));
    const sheet = region(page, 'sheet:sheet.title');
    const day = (key: string) => sheet.getByRole('table', { name: vi(key), exact: true }).getByRole('row').filter({ hasText: DAY }).getByRole('cell');
    for (const kind of ['phi', 'le_phi'] as const)
      for (const [place, what] of [
        [1, 'waived_vnd'],
        [3, 'card_vnd'],
        [6, 'bank_vnd'],
        [9, 'collected_vnd'],
      ] as const)
        await expect(day(`sheet:sort.${kind}`).nth(place)).toHaveText(figure(after[kind][what]));
    await expect(day('sheet:sheet.flow').first()).toHaveText(figure(after.received_vnd));
    await expect(day('sheet:sheet.flow').nth(1)).toHaveText(figure(after.refunded_vnd));
    const words = await printed(page, api, sheet.getByRole('button', { name: vi('sheet:sheet.print') }));
    for (const said of ['BẢNG TỔNG HỢP THU PHÍ, LỆ PHÍ', DAY, dots(after.phi.collected_vnd), dots(after.le_phi.collected_vnd)])
      expect(words).toContain(said);
    expect(await kept(page, sheet.getByRole('button', { name: vi('sheet:sheet.workbook') }))).toMatch(/\.xlsx$/);
  });
});
