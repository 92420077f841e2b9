import type { Page } from '@playwright/test';
import { test } from '../support/office.ts';
import { lookAtAsItIs } from '../support/panel.ts';
import { collects, comes, sendTicks, tickOf, ticks } from '../support/placing.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';

const region = (page: Page, key: string) => page.getByRole('region', { name: vi(key), exact: true });

/** Whether nothing lies over it. */
const isSeen = (el: Element): boolean => {
  const { left, top, width, height } = el.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  return over !== null && (el.parentElement?.contains(over) ?? false);
};

test('what a terminal settled is held against many, what has the money’s name comes first, and who only reads places nothing', async ({
  office,
  people,
}) => {
  test.setTimeout(300_000);
  const { api } = office;
  const parts = [await collects(api, 30_000, 'card', 'POS 000777'), await collects(api, 20_000, 'card', 'POS 000777')];
  // Two of one name and sum: the program is not certain, and a person decides.
  const twins = [await collects(api, 50_000, 'transfer', 'FT26061000555'), await collects(api, 50_000, 'transfer', 'FT26061000555')];
  const other = await collects(api, 50_000, 'transfer', 'FT26061000111');
  expect((await comes(api, 50_000, 'MBVCB 88 FT26061000555 nop tien')).state).toBe('unmatched');

  const page = await people.page('thungan', { at: office });
  await page.goto('/money?state=unmatched');
  const line = region(page, 'payment:money.list').getByRole('listitem').filter({ hasText: 'FT26061000555' });

  await test.step('those that have its name are marked and come first', async () => {
    await line.getByRole('button', { name: vi('payment:reconcile.begin') }).press('Enter');
    await expect(ticks(page).first()).toBeFocused();
    const options = page.getByRole('dialog').getByRole('group', { name: vi('payment:reconcile.alike') }).getByRole('listitem');
    await expect(options).toHaveCount(3);
    for (const place of [0, 1]) await expect(options.nth(place)).toContainText(vi('payment:reconcile.named'));
    await expect(options.nth(2)).toContainText(other.code);
    await expect(options.nth(2)).not.toContainText(vi('payment:reconcile.named'));
    await expect(ticks(page)).toHaveCount(5);
    await lookAtAsItIs(page, 'money-reconcile-named');
    // Where there is little room the one with the focus is not behind the sums at the foot.
    await page.setViewportSize({ width: 360, height: 740 });
    for (const [place, key] of [[1, 'Tab'], [2, 'ArrowDown'], [3, 'Tab'], [4, 'ArrowDown']] as const) {
      await page.keyboard.press(key);
      await expect(ticks(page).nth(place)).toBeFocused();
      await expect.poll(() => ticks(page).nth(place).evaluate(isSeen)).toBe(true);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  await test.step('it is held against two that make its sum', async () => {
    for (const { code } of parts) await tickOf(page, code).press('Space');
    await expect(page.getByRole('dialog')).toContainText(vi('payment:reconcile.tally.picked', { number: '2' }));
    await expect(sendTicks(page)).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const placed = region(page, 'payment:placements.title').getByRole('listitem');
    await expect(placed).toContainText(vi('payment:placements.collections_other', { count: '2' }));
    await expect(region(page, 'payment:unbanked.title').getByRole('listitem')).toHaveCount(3);
  });

  await test.step('what the program is certain of it has placed by itself', async () => {
    expect((await comes(api, 50_000, 'IBFT FT26061000111 phi')).state).toBe('placed');
    await page.reload();
    const placed = region(page, 'payment:placements.title').getByRole('listitem');
    await expect(placed.first()).toContainText(/tự động đối chiếu/);
    await expect(region(page, 'payment:unbanked.title').getByRole('listitem')).toHaveText(twins.map(({ code }) => new RegExp(code)).reverse());
  });

  await test.step('the inspector reads, and places nothing', async () => {
    const inspector = await people.page('thanhtra', { at: office });
    await inspector.goto('/money?state=placed');
    await expect(region(inspector, 'payment:placements.title').getByRole('listitem')).toHaveCount(2);
    await expect(region(inspector, 'payment:placements.title').getByRole('button')).toHaveCount(0);
    await inspector.goto('/sheets');
    await inspector.locator('[name=authority_id]').selectOption({ label: WARD });
    await expect(region(inspector, 'sheet:treasury.title').getByRole('row').filter({ hasText: '03/2026' })).toBeVisible();
    await expect(region(inspector, 'sheet:treasury.title').getByRole('button')).toHaveCount(0);
  });

  await test.step('whose work it is not is led to their own', async () => {
    const reception = await people.page('tiepnhan', { at: office });
    await reception.goto('/sheets');
    await expect(reception).toHaveURL((url) => url.pathname === '/');
  });
});
