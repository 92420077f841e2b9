import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { test } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
/** From the beginning of March into April. */
const MONTH_MINUTES = 31 * 24 * 60;
const NAME = vi('indices:snapshotName', { number: '1', year: '2026', version: '1' });

test('a quarter is worked out, opened, frozen and compared by keyboard, and officers see their own', async ({
  office,
  people,
}) => {
  test.setTimeout(240_000);
  const { api } = office;
  const first = await bringTo(api, await takeIn(api, { name: 'Lê Thị Hoa', identity: '001190004001' }), 'completed');
  await bringTo(api, await takeIn(api, { name: 'Vũ Văn Hùng', identity: '001190004002', ward: 'cn' }), 'completed', 'cn');
  await api.forward(MONTH_MINUTES, office.ahead);
  const at = { url: office.url, ahead: office.ahead + MONTH_MINUTES * 60_000 };

  const page = await people.page('giamdoc', { at });
  const data = new Data(page);
  await page.goto('/indices');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('indices:title'));
  await expect(page.getByText(vi('indices:list.empty'))).toBeVisible();
  await goTo(page, new RegExp(`^${vi('indices:make.open')}$`));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('indices:make.title'));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await test.step('what the program does not know is entered, with its reason', async () => {
    await expect(page.locator('[name=quarter]')).toHaveValue('2026-Q1');
    const ward = page.locator('summary', { hasText: WARD });
    await ward.focus();
    await page.keyboard.press('Enter');
    const field = (name: string) => page.locator(`[name$="-${name}"]:visible`);
    await field('posted').selectOption('yes');
    await page.getByRole('button', { name: vi('indices:make.send') }).click();
    await expect(page.locator('[aria-invalid=true]').first()).toBeFocused();
    await field('published').selectOption('yes');
    await field('reason').fill('Biên bản kiểm tra niêm yết ngày 31/3/2026');
    await lookAt(page, data, 'indices-make');
    await field('reason').focus();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(NAME);
  });

  const units = page.getByRole('region', { name: vi('indices:units.title') });
  await test.step('units, what was counted, officers and the estimate stand on one page', async () => {
    const row = units.getByRole('row').filter({ hasText: WARD });
    await expect(row).toContainText(vi('indices:noData'));
    await expect(page.getByRole('region', { name: vi('indices:officers.title') }).getByRole('row')).not.toHaveCount(0);
    await expect(page.getByText(vi('indices:comparison.verdicts.not_enough')).first()).toBeVisible();
    await expect(page.getByText('Biên bản kiểm tra niêm yết ngày 31/3/2026')).toBeVisible();
    await lookAt(page, data, 'indices-snapshot');
  });

  await test.step('a figure opens into its dossiers', async () => {
    const row = units.getByRole('row').filter({ hasText: WARD });
    await row.getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByRole('row').filter({ hasText: first.code ?? '' })).toContainText(vi('indices:timing.early'));
    await lookAt(page, data, 'indices-dossiers');
    await page.getByRole('link', { name: vi('indices:behind.back') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(NAME);
  });

  await test.step('it is frozen for good, and taken out', async () => {
    await page.getByRole('button', { name: vi('indices:freeze.open') }).click();
    const send = page.getByRole('dialog').getByRole('button', { name: vi('indices:freeze.send') });
    await expect(send).toBeFocused();
    await lookAtAsItIs(page, 'indices-freeze');
    await expect(send).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText(vi('indices:state.frozen')).first()).toBeVisible();
    await expect(page.getByRole('button', { name: vi('indices:freeze.open') })).toHaveCount(0);
    const kept = page.waitForEvent('download');
    await page.getByRole('button', { name: vi('indices:head.workbook') }).click();
    expect((await kept).suggestedFilename()).toBe('chi-so-2026-q1-ban-1.xlsx');
  });

  await test.step('a new one of the quarter begins with what was entered, and says why', async () => {
    await page.goto('/indices/new');
    await expect(page.getByText(vi('indices:make.reasonNeeded'))).toBeVisible();
    await page.locator('summary', { hasText: WARD }).click();
    await expect(page.locator('[name$="-reason"]:visible')).toHaveValue('Biên bản kiểm tra niêm yết ngày 31/3/2026');
    await page.locator('[name=reason]').focus();
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('[name=reason]')).toBeFocused();
    await expect(page.locator('[name=reason]')).toHaveAttribute('aria-invalid', 'true');
    await page.keyboard.insertText('Bổ sung số liệu niêm yết.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      vi('indices:snapshotName', { number: '1', year: '2026', version: '2' }),
    );
    await page.goto('/indices');
    await expect(page.getByRole('row')).toHaveCount(3);
    await lookAt(page, data, 'indices');
  });

  await test.step('an officer sees the own result and opens it', async () => {
    const own = await people.page('thuly.thd', { at });
    const said = new Data(own);
    await own.goto('/');
    await own.getByRole('link', { name: vi('account:results') }).click();
    await expect(own.getByRole('heading', { level: 1 })).toHaveText(vi('indices:own.title'));
    await expect(own.getByRole('heading', { level: 2 })).toHaveText([NAME]);
    await lookAt(own, said, 'own-results');
    await own.getByRole('link', { name: new RegExp(vi('indices:index.1')) }).click();
    await expect(own.getByRole('row').filter({ hasText: first.code ?? '' })).toBeVisible();
    await own.getByRole('link', { name: vi('indices:own.title') }).first().click();
    await expect(own.getByRole('heading', { level: 1 })).toHaveText(vi('indices:own.title'));
    await own.goto('/indices');
    await expect(own).toHaveURL((url) => url.pathname === '/');
  });

  await test.step('a leader sees the own ward, and no officers', async () => {
    const leader = await people.page('lanhdao.cn', { at });
    await leader.goto('/indices');
    await leader.getByRole('link', { name: NAME }).click();
    const rows = leader.getByRole('region', { name: vi('indices:units.title') }).getByRole('rowheader');
    await expect(rows).toHaveText(['Ủy ban nhân dân phường Cửa Nam']);
    await expect(leader.getByText(vi('indices:officers.title'))).toHaveCount(0);
  });
});
