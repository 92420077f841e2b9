import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { catalogueFile, procedure, upload } from '../support/catalogue.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const CODE = '9.000021';
const NAME = 'Xác nhận thử nghiệm từ tệp danh mục';

const choose = (page: Page, file: ReturnType<typeof upload>) => page.locator('input[type=file]').setInputFiles(file);
/** Goes through the pages of figures until this procedure's are there. */
async function turnTo(page: Page, name: string) {
  const own = page.getByRole('region', { name });
  const first = page.getByRole('heading', { level: 3 }).first();
  await expect(first).toBeVisible();
  while (!(await own.isVisible())) {
    const before = await first.textContent();
    await page.getByRole('button', { name: vi('common:nextPage') }).click();
    await expect.poll(async () => ((await first.count()) > 0 ? first.textContent() : before)).not.toBe(before);
  }
  return own;
}

const heading = (page: Page, key: string) => page.getByRole('heading', { level: 1, name: vi(key), exact: true });

test('an administrator takes the catalogue out, brings a file in, and confirms a figure; citizens see it posted', async ({
  people,
}) => {
  test.setTimeout(180_000);
  const page = await people.page('admin');
  const citizen = await people.page();
  let sheet = '';

  await test.step('the catalogue as a sheet', async () => {
    await page.goto('/catalogue');
    await page.getByRole('link', { name: vi('upkeep:file.title') }).click();
    await expect(heading(page, 'upkeep:file.title')).toBeFocused();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: vi('upkeep:file.export.csv') }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^danh-muc-tthc-\d{4}-\d{2}-\d{2}\.csv$/);
    await expect(page.getByRole('status').filter({ hasText: file.suggestedFilename() })).toBeVisible();
    sheet = readFileSync(await file.path(), 'utf8');
    // The mark without which a spreadsheet program takes the accents for something else.
    expect(sheet.charCodeAt(0)).toBe(0xfeff);
    expect(sheet).toContain('Đăng ký khai sinh');
  });

  await test.step('a file that is none', async () => {
    await choose(page, upload('danh-muc.xlsx', 'PK'));
    await expect(page.getByRole('alert')).toHaveText(vi('upkeep:drop.unusable.format'));
    await choose(page, { ...upload('danh-muc.csv', ''), buffer: Buffer.from([0x6d, 0xe3, 0x2c, 0xf0]) });
    await expect(page.getByRole('alert')).toHaveText(vi('upkeep:drop.unusable.encoding'));
  });

  await test.step('a broken sheet is answered by line and column', async () => {
    const [head = '', ...rows] = sheet.split('\n');
    const own = rows.filter((row) => /^\w+,1\.000419,/.test(row));
    expect(own.length).toBeGreaterThan(1);
    await choose(page, upload('danh-muc.csv', [head, ...own].join('\n').replace('working_day', 'weeks')));
    await expect(page.getByRole('alert')).toHaveText(vi('upkeep:fault.import_other', { count: '1' }));
    const fault = page.getByRole('table', { name: vi('upkeep:fault.list') }).locator('tbody tr');
    await expect(fault).toHaveCount(1);
    await expect(fault).toContainText(vi('upkeep:fault.lineNo', { row: '2' }));
    await expect(fault).toContainText('limits.direct.unit');
    await expect(fault).toContainText('working_day');
    await expect(page.getByRole('button', { name: vi('upkeep:file.import.send') })).toHaveCount(0);
  });

  await test.step('a broken catalogue file by procedure and member', async () => {
    await choose(page, catalogueFile(procedure(CODE, NAME, { supplement_mode: 'maybe', unheard_of: 1 })));
    const fault = page.getByRole('table', { name: vi('upkeep:fault.list') }).locator('tbody tr');
    await expect(fault).toHaveCount(2);
    await expect(fault.first()).toContainText(vi('upkeep:fault.itemCode', { row: '1', code: CODE }));
    await expect(fault.filter({ hasText: new RegExp(vi('draft:member.supplement_mode'), 'i') })).toHaveCount(1);
    await expect(fault.filter({ hasText: 'unheard_of' })).toHaveCount(1);
  });

  await test.step('a good one is tried first, and changes nothing by that', async () => {
    await choose(page, catalogueFile(procedure(CODE, NAME)));
    const row = page.getByRole('table', { name: vi('upkeep:file.import.changes') }).locator('tbody tr');
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(NAME);
    await expect(row).toContainText(vi('upkeep:file.effect.new'));
    await citizen.goto('/niem-yet');
    await expect(citizen.locator('tbody tr').nth(20)).toBeVisible();
    await expect(citizen.getByText(CODE)).toHaveCount(0);
  });

  await test.step('then it is brought in', async () => {
    await page.getByRole('button', { name: vi('upkeep:file.import.send') }).press('Enter');
    const done = page.getByRole('status').filter({ hasText: vi('upkeep:file.import.done') });
    await expect(done).toContainText(
      vi('upkeep:file.import.doneText', { fresh: '1', changed: '0', unchanged: '0' }),
    );
    // The same again says nothing new.
    await choose(page, catalogueFile(procedure(CODE, NAME)));
    await expect(page.getByText(vi('upkeep:file.import.nothing'))).toBeVisible();
    await expect(page.getByRole('button', { name: vi('upkeep:file.import.send') })).toHaveCount(0);
    await page.getByRole('link', { name: vi('catalogue:back') }).click();
    await expect(page.getByRole('link', { name: NAME })).toBeVisible();
  });

  const posted = citizen.locator('tbody tr').filter({ hasText: CODE });
  const unsure = vi('catalogue:certainty.to_check');
  await test.step('citizens see it on the board, and that its limit is not certain', async () => {
    await citizen.goto('/thu-tuc');
    await citizen.getByRole('link', { name: vi('upkeep:links.board') }).click();
    await expect(heading(citizen, 'upkeep:board.title')).toBeVisible();
    await expect(posted).toContainText(NAME);
    await expect(posted).toContainText('7 ngày làm việc');
    await expect(posted).toContainText(unsure);
    await expect(citizen.getByText(vi('upkeep:board.updated', { date: '02/03/2026' }))).toBeVisible();
    await citizen.emulateMedia({ media: 'print' });
    await expect(citizen.getByRole('navigation')).toHaveCount(0);
    await expect(citizen.getByRole('button')).toHaveCount(0);
    await expect(citizen.locator('thead')).toHaveCSS('display', 'table-header-group');
    await citizen.emulateMedia({ media: 'screen' });
  });

  await test.step('the limit is confirmed with its source, by keyboard', async () => {
    await page.getByRole('link', { name: vi('upkeep:figures.title') }).click();
    await expect(heading(page, 'upkeep:figures.title')).toBeVisible();
    const own = await turnTo(page, NAME);
    await expect(own).toContainText('7 ngày làm việc');
    await expect(own).toContainText('25.000 đồng');
    const figure = vi('upkeep:figures.figure.limit_direct');
    await own.getByRole('button', { name: vi('upkeep:figures.confirmOf', { figure, code: CODE }) }).press('Enter');
    const source = own.getByLabel(label('upkeep:figures.source'));
    await expect(source).toBeFocused();
    await page.keyboard.type('Nghị định 219/2025/NĐ-CP, Điều 9');
    await page.keyboard.press('Enter');
    await expect(page.getByText(vi('upkeep:figures.done', { figure, code: CODE }))).toBeVisible();
    await expect(own).toContainText('25.000 đồng');
    await expect(own).not.toContainText('7 ngày làm việc');
  });

  await test.step('and is posted as certain', async () => {
    await citizen.reload();
    const [limit, fee] = [posted.getByRole('cell').nth(3), posted.getByRole('cell').nth(4)];
    await expect(limit).toContainText('7 ngày làm việc');
    await expect(limit).not.toContainText(unsure);
    // Its fee was not confirmed: the one says nothing of the other.
    await expect(fee).toContainText('25.000 đồng');
    await expect(fee).toContainText(unsure);
    await posted.getByRole('link', { name: NAME }).click();
    await expect(citizen.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  });
});

test('a figure that somebody else has confirmed meanwhile is not confirmed twice', async ({ people, api }) => {
  const code = '9.000022';
  const { buffer } = catalogueFile(procedure(code, 'Xác nhận thử nghiệm cùng lúc'));
  await api.call('admin', 'POST', '/catalogue-imports', { format: 'json', content: buffer.toString() });
  const page = await people.page('admin');
  await page.goto('/catalogue-figures');
  const own = await turnTo(page, 'Xác nhận thử nghiệm cùng lúc');
  const figure = vi('upkeep:figures.figure.limit_direct');
  await own.getByRole('button', { name: vi('upkeep:figures.confirmOf', { figure, code }) }).click();
  await own.getByLabel(label('upkeep:figures.source')).fill('Điều 9');
  const body = { path: '/limits/direct', certainty: 'law', source: 'Điều 10' };
  await api.call('admin', 'POST', `/procedures/${code}/confirmations`, body, 1);
  await own.getByRole('button', { name: vi('upkeep:figures.send') }).click();
  await expect(page.getByRole('alert')).toContainText(vi('common:problem.stale'));
  await expect(own).toContainText('25.000 đồng');
  await expect(own).not.toContainText('7 ngày làm việc');
});

test('what is posted is held against a master list by whoever is signed in', async ({ people }) => {
  const page = await people.page('tiepnhan');
  await page.goto('/catalogue');
  await expect(page.getByRole('link', { name: vi('upkeep:audit.title') })).toBeVisible();
  await expect(page.getByRole('link', { name: vi('upkeep:file.title') })).toHaveCount(0);
  await page.getByRole('link', { name: vi('upkeep:audit.title') }).click();

  await choose(page, upload('danh-sach.csv', 'STT;Tên thủ tục\n1;Đăng ký khai sinh\n'));
  await expect(page.getByRole('alert')).toHaveText(vi('upkeep:fault.audit_other', { count: '1' }));

  const master = [
    'Mã thủ tục;Tên thủ tục',
    '1.001193;Đăng ký khai sinh',
    '1.000656;Đăng ký khai tử theo cách gọi khác',
    '9.000099;Thủ tục chưa niêm yết',
  ];
  await choose(page, upload('danh-sach.csv', master.join('\n')));
  const list = (key: string) => page.getByRole('region', { name: vi(key), exact: true });
  const rows = (key: string) => list(key).locator('tbody tr');
  await expect(rows('upkeep:audit.missingTitle')).toHaveText([/9\.000099.*Thủ tục chưa niêm yết/]);
  await expect(rows('upkeep:audit.renamedTitle')).toHaveText([/1\.000656.*Đăng ký khai tử.*theo cách gọi khác/]);
  await expect(rows('upkeep:audit.surplusTitle').filter({ hasText: '1.004222' })).toHaveCount(1);
  await expect(list('upkeep:audit.surplusTitle').getByText('1.001193')).toHaveCount(0);
  await expect(page.getByText(vi('upkeep:audit.result', { date: '02/03/2026' }))).toBeVisible();
  await expect(page.getByRole('button', { name: vi('upkeep:audit.print') })).toBeVisible();
});
