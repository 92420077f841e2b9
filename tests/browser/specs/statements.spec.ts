import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { focused, goTo } from '../support/counter.ts';
import { test, type Office } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect, type People } from '../support/test.ts';
import { owesLePhi, payAtBank, type Asked } from '../support/till.ts';
import { label, vi } from '../support/words.ts';

const FILE = 'sao-kê-02-03-2026.csv';
/** What stands above a bank's table, and its columns. */
const HEAD = 'NGÂN HÀNG THỬ NGHIỆM;;;;;\n\nNgày giao dịch;Số bút toán;Ghi nợ;Ghi có;Nội dung;Người chuyển\n';
/** The columns as the form asks for them. */
const NAMES = [
  ['booked_on', 'ngay giao dich'],
  ['dates', ''],
  ['credit', 'Ghi có'],
  ['debit', 'Ghi nợ'],
  ['reference', 'Số bút toán'],
  ['description', 'Nội dung'],
  ['payer_name', 'Người chuyển'],
  ['payer_account', ''],
] as const;

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });
const form = (page: Page) => page.getByRole('form', { name: vi('statement:import.title'), exact: true });
const sheet = (name: string, rows: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${HEAD}${rows}`) });
const choose = (page: Page, file: { name: string; mimeType: string; buffer: Buffer }) =>
  form(page).locator('input[type=file]').setInputFiles(file);
const fileButton = (page: Page) => form(page).locator('button[name=file]');
const count = (page: Page, name: string) =>
  region(page, 'statement:counts.title').getByRole('button', { name: label(`statement:class.${name}`) });
const rows = (within: Locator) => within.getByRole('row').filter({ has: within.page().getByRole('cell') });

/** What a dossier of this amount is asked of its payer. */
async function asks(api: Api, amount: number) {
  const dossier = await owesLePhi(api, await takeIn(api), amount);
  return { dossier, asked: await api.call<Asked>('thungan', 'POST', '/payment-requests', { dossier_id: dossier.id }) };
}

/** The bank tells of money; its own name of it. */
async function told(api: Api, asked: Asked, amount: number): Promise<string> {
  await payAtBank(api, asked, amount);
  let name = '';
  await expect
    .poll(async () => {
      const money = await api.call<{ items: { bank_reference: string; description: string }[] }>('thungan', 'GET', '/bank-transactions?limit=100');
      name = money.items.find((m) => m.description.includes(asked.reference))?.bank_reference ?? '';
      return name;
    })
    .not.toBe('');
  return name;
}

async function at(people: People, office: Office, who: string, path: string) {
  const page = await people.page(who, { at: office });
  const seen = new Data(page);
  await page.goto(path);
  return { page, seen };
}

/** Names the columns in the open dialog by keyboard, and sends. */
async function nameColumns(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const [name, text] of NAMES) {
    await expect(dialog.locator(`[name=${name}]`)).toBeFocused();
    if (text) {
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    }
    // Enter moves on, and does not send.
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
}

test('the cashier brings a statement in: what nobody told of pays its dossier, everything else is told apart', async ({ office, people }) => {
  test.setTimeout(420_000);
  const { api } = office;
  const waits = await asks(api, 80_000);
  const known = await asks(api, 50_000);
  const differs = await asks(api, 40_000);
  const absent = await asks(api, 30_000);
  const names = [await told(api, known.asked, 50_000), await told(api, differs.asked, 40_000)];
  await told(api, absent.asked, 30_000);
  const { page, seen } = await at(people, office, 'thungan', '/statements');
  const list = region(page, 'statement:list.title');
  const file = sheet(
    FILE,
    [
      `02/03/2026 08:01:02;FT26061000001;;80.000;${waits.asked.reference} nop le phi;TRAN VAN BINH`,
      '01/03/2026;FT26061000002;;25.000;nop tien;LE THI CUC',
      '02/03/2026;FT26061000003;1,100.00;;Phi quan ly tai khoan;',
      '31/02/2026;FT26061000004;;8.000;ngay khong co;',
      `02/03/2026;${names[0]};;50.000;${known.asked.reference} nop le phi;TRAN VAN BINH`,
      `02/03/2026;${names[1]};;45.000;${differs.asked.reference} nop le phi;TRAN VAN BINH`,
    ].join('\n'),
  );

  await test.step('what no server would take goes no further', async () => {
    await expect(list).toContainText(vi('statement:list.none'));
    await lookAt(page, seen, 'statements-none');
    await form(page).locator('[name=account_id]').focus();
    await page.keyboard.press('Control+Enter');
    await expect(fileButton(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(fileButton(page)).toBeFocused();
    await expect(form(page)).toContainText(vi('statement:import.unusable.none'));
    await choose(page, { name: 'sao-ke.xlsx', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('PK') });
    await expect(form(page)).toContainText(vi('statement:import.unusable.ending'));
    // From the disk: through the protocol so much takes longer than a busy machine waits.
    const large = test.info().outputPath('sao-ke-lon.csv');
    await writeFile(large, Buffer.alloc(20 * 1024 * 1024 + 1, 'a'));
    await form(page).locator('input[type=file]').setInputFiles(large);
    await expect(form(page)).toContainText(vi('statement:import.unusable.size'));
    await lookAtAsItIs(page, 'statements-too-large');
    await choose(page, { name: 'sao-ke.csv', mimeType: 'text/csv', buffer: Buffer.from('Ng\xe0y', 'latin1') });
    await fileButton(page).press('Control+Enter');
    await expect(fileButton(page)).toHaveAttribute('aria-invalid', 'true');
  });

  await test.step('the columns are asked for where they were never named, by keyboard, and the statement goes on', async () => {
    await choose(page, file);
    await expect(form(page)).toContainText(vi('statement:import.chosen', { name: FILE }));
    const account = form(page).locator('[name=account_id]');
    const wanted = account.locator('option').filter({ hasText: waits.asked.payee.account_number });
    await account.selectOption((await wanted.getAttribute('value')) ?? '');
    await form(page).locator('[name=format]').selectOption('csv');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog').locator('[name=booked_on]')).toBeFocused();
    await lookAtAsItIs(page, 'statements-columns');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog').locator('[name=booked_on]')).toHaveAttribute('aria-invalid', 'true');
    await nameColumns(page);
    await expect(form(page)).toContainText(vi('statement:import.made_other', { file: FILE, shown: '6' }));
    await expect(rows(list)).toHaveCount(1);
    await expect(rows(list)).toContainText(vi('statement:state.done'));
    await expect(rows(list)).toContainText(waits.asked.payee.account_number);
    for (const said of ['01/03/2026 – 02/03/2026', '200.000', '1.100']) await expect(rows(list)).toContainText(said);
    await lookAtAsItIs(page, 'statements-list');
  });

  await test.step('how far it has come is shown until its end', async () => {
    // The server is too quick to be looked at: it is made to say that it is half way.
    const half = { state: 'stored', lines_done: 3, done_at: null };
    await page.route(/\/api\/v1\/bank-statements(\?|\/[^/]+$)/, async (route) => {
      const answer = await route.fetch();
      const { items, ...body } = (await answer.json()) as { items?: object[] };
      const going = items ? { items: items.map((s) => ({ ...s, ...half })) } : half;
      await route.fulfill({ response: answer, json: { ...body, ...going } });
    });
    await page.goto('/statements');
    const bar = page.getByRole('progressbar', { name: vi('statement:progress.of', { file: FILE }) });
    await expect(bar).toHaveAttribute('value', '3');
    await expect(rows(list)).toContainText(vi('statement:progress.lines', { done: '3', total: '6' }));
    await lookAtAsItIs(page, 'statements-going');
    await list.getByRole('link', { name: FILE }).press('Enter');
    await expect(page).toHaveURL(/statement=/);
    await expect(bar).toHaveAttribute('value', '3');
    await expect(count(page, 'all')).toContainText('3 dòng');
    // What it lacks is not known before its last line.
    await expect(count(page, 'missing')).toHaveCount(0);
    await lookAtAsItIs(page, 'statement-going');
    await page.unrouteAll({ behavior: 'wait' });
    await expect(bar).toHaveCount(0);
    await expect(count(page, 'missing')).toBeVisible();
    await page.getByRole('link', { name: vi('statement:one.all') }).press('Enter');
    await expect(rows(list)).toContainText(vi('statement:state.done'));
  });

  await test.step('the keyboard alone brings its details up, and tells its lines apart', async () => {
    await goTo(page, new RegExp(`^${FILE}$`));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('statement:one.title'));
    await expect(page).toHaveURL(/statement=/);
    const lines = region(page, 'statement:class.all');
    await expect(rows(lines)).toHaveCount(6);
    for (const [name, said] of [
      ['all', '6 dòng'],
      ['new', '2 dòng'],
      ['new', '105.000'],
      ['known', '50.000'],
      ['differs', '45.000'],
      ['outgoing', '-1.100'],
      ['unreadable', '1 dòng'],
      ['refund', '0 dòng'],
      ['missing', '1 khoản'],
    ] as const)
      await expect(count(page, name)).toContainText(said);
    await lookAt(page, seen, 'statement-lines');
    await goTo(page, label('statement:class.unreadable'));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/show=unreadable/);
    await expect(count(page, 'unreadable')).toHaveAttribute('aria-pressed', 'true');
    expect(await focused(page)).toMatch(label('statement:class.unreadable'));
    const row = rows(region(page, 'statement:class.unreadable'));
    await expect(row).toHaveCount(1);
    await expect(row).toContainText('31/02/2026');
    await expect(row).toContainText(vi('statement:why.date_unreadable'));
    await lookAt(page, seen, 'statement-unreadable');
    const refunds = region(page, 'statement:class.refund');
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(/\/lines\?.*class=refund/, async (route) => {
      await held;
      await route.continue();
    });
    await count(page, 'refund').press('Enter');
    // Lines of another class do not stand under this one's name while its own are fetched.
    await expect(refunds.getByRole('status')).toHaveText(vi('common:loading'));
    await expect(rows(refunds)).toHaveCount(0);
    answer();
    await expect(refunds).toContainText(vi('statement:line.none'));
    await page.unrouteAll({ behavior: 'wait' });
  });

  await test.step('what the bank told of and the statement lacks is listed', async () => {
    await count(page, 'missing').press('Enter');
    const lines = region(page, 'statement:class.missing').getByRole('listitem');
    await expect(lines).toHaveCount(1);
    await expect(lines).toContainText(absent.asked.reference);
    await expect(lines).toContainText('30.000');
    await lookAt(page, seen, 'statement-missing');
  });

  await test.step('what is nobody’s waits where money is placed, and the dossier is paid', async () => {
    await count(page, 'new').press('Enter');
    await expect(rows(region(page, 'statement:class.new'))).toHaveCount(2);
    await page.getByRole('link', { name: vi('statement:toMoney') }).press('Enter');
    const money = region(page, 'payment:money.list').getByRole('listitem');
    await expect(money.filter({ hasText: 'FT26061000002' })).toContainText('25.000');
    await expect(money.filter({ hasText: 'FT26061000001' })).toHaveCount(0);
    await page.goto(`/dossiers/${waits.dossier.id}`);
    await expect(region(page, 'fee:title')).toContainText(vi('dossier:payment.paid'), { ignoreCase: true });
  });
});

test('the same file again changes nothing, a column that is lacking is named, and who only reads brings nothing in', async ({ office, people }) => {
  test.setTimeout(300_000);
  const { page } = await at(people, office, 'thungan', '/statements');
  const list = region(page, 'statement:list.title');
  const bank = (await form(page).locator('[name=account_id] option').first().textContent())?.split(' · ')[0] ?? '';
  const columns = form(page).getByRole('button', { name: vi('statement:import.columns', { bank }) });

  await test.step('the columns are named before anything is brought in', async () => {
    await columns.press('Enter');
    await nameColumns(page);
    await expect(form(page)).toContainText(vi('statement:columns.done', { bank }));
    await columns.press('Enter');
    await expect(page.getByRole('dialog').locator('[name=reference]')).toHaveValue('Số bút toán');
    await page.keyboard.press('Escape');
  });

  const file = sheet(FILE, '02/03/2026;FT26061000009;;25.000;nop tien;LE THI CUC\n');
  await test.step('the same file is what was brought in before', async () => {
    await choose(page, file);
    await fileButton(page).press('Control+Enter');
    await expect(form(page)).toContainText(vi('statement:import.open'));
    await choose(page, { ...file, name: 'lai-nua.csv' });
    await expect(form(page).getByRole('link', { name: vi('statement:import.open') })).toHaveCount(0);
    await fileButton(page).press('Control+Enter');
    await expect(form(page)).toContainText(/đã được nhập trước đây/);
    await expect(form(page)).toContainText(FILE);
    await expect(rows(list)).toHaveCount(1);
    await lookAtAsItIs(page, 'statements-again');
    await form(page).getByRole('link', { name: vi('statement:import.open') }).press('Enter');
    await expect(count(page, 'new')).toContainText('25.000');
    await page.getByRole('link', { name: vi('statement:one.all') }).press('Enter');
  });

  await test.step('a file without a column says which, and where it is put right', async () => {
    const other = HEAD.replace('Số bút toán', 'Mã GD');
    await choose(page, { name: 'khac.csv', mimeType: 'text/csv', buffer: Buffer.from(`${other}02/03/2026;FT1;;8.000;x;y\n`) });
    await fileButton(page).press('Control+Enter');
    await expect(fileButton(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(fileButton(page)).toBeFocused();
    await expect(form(page).getByRole('listitem')).toHaveText(`${vi('statement:columns.reference')}: “Số bút toán”`);
    await lookAtAsItIs(page, 'statements-lacking');
    await form(page).getByRole('button', { name: vi('statement:import.editColumns') }).press('Enter');
    const field = page.getByRole('dialog').locator('[name=reference]');
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('Mã GD');
    await expect(field).not.toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.press('Control+Enter');
    await expect(form(page)).toContainText(vi('statement:import.made_other', { file: 'khac.csv', shown: '1' }));
    await expect(rows(list)).toHaveCount(2);
  });

  await test.step('the inspector sees what came of them, and brings none in', async () => {
    const inspector = await at(people, office, 'thanhtra', '/statements');
    await expect(rows(region(inspector.page, 'statement:list.title'))).toHaveCount(2);
    await expect(inspector.page.getByRole('form')).toHaveCount(0);
    await inspector.page.getByRole('link', { name: FILE }).press('Enter');
    await expect(count(inspector.page, 'new')).toContainText('25.000');
  });

  await test.step('whose work it is not is led to their own', async () => {
    const other = await at(people, office, 'tiepnhan', '/statements');
    await expect(other.page).toHaveURL((url) => url.pathname === '/');
  });
});
