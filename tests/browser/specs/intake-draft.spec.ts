import type { Page } from '@playwright/test';
import { axeFindsNothing, Data, fits, picture } from '../support/checks.ts';
import { fillTheCounter, focused, goTo, OWNER } from '../support/counter.ts';
import { lookAt } from '../support/panel.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const labels = { procedure: label('intake:procedure.label'), ward: label('intake:authority.label') };
const CHOSEN = 'Cấp Giấy xác nhận tình trạng hôn nhân';

const drafts = (page: Page) => page.getByRole('region', { name: vi('intake:drafts.title') });
const line = (page: Page, owner: string) => drafts(page).getByRole('listitem').filter({ hasText: owner });
const press = (page: Page, what: 'takeUp' | 'leave' | 'drop', name: string) =>
  page.getByRole('button', { name: vi(`intake:drafts.${what}Of`, { name }), exact: true });
const name = (page: Page) => page.locator('[name="owner.full_name"]');

/** Types enough of an intake to be worth keeping, and keeps it with the keyboard. */
async function begin(page: Page, owner: string): Promise<void> {
  await fillTheCounter(page, labels);
  await name(page).fill(owner);
  await page.keyboard.press('Control+s');
  await expect(page.getByText(vi('intake:drafts.kept', { name: owner }))).toBeVisible();
}

test('an intake is kept half-typed, gone on with at another counter, and accepted', async ({ people }) => {
  test.setTimeout(150_000);
  const owner = 'Nguyễn Hữu Dở Dang';
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  const keys = page.keyboard;
  await page.goto('/intake');
  await expect(name(page)).toBeVisible();
  // Without a procedure there is nothing to keep: the key says what is missing.
  await expect(page.getByRole('button', { name: vi('intake:send.keep') })).toBeDisabled();
  await keys.press('Control+s');
  await expect.poll(() => focused(page)).toMatch(labels.procedure);
  await page.reload();

  await fillTheCounter(page, labels);
  await name(page).fill(owner);
  await page.getByRole('checkbox', { name: /^Tờ khai/ }).check();
  await page
    .getByRole('textbox', { name: vi('intake:papers.countOf', { kind: vi('intake:papers.photocopies'), name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân' }) })
    .fill('2');
  await goTo(page, label('intake:send.keep'));
  await keys.press('Enter');
  await expect(page.getByText(vi('intake:drafts.kept', { name: owner }))).toBeVisible();
  // Two weeks from the day of the demo.
  await expect(page.getByRole('status').filter({ hasText: owner })).toContainText('16/03/2026');
  await expect(name(page)).toHaveValue('');
  await expect.poll(() => focused(page), 'ready for the next person').toMatch(label('intake:card.label'));
  await expect(line(page, owner)).toContainText(CHOSEN);
  await expect(line(page, owner)).toContainText('Nguyễn Thị Thu Hà');
  await lookAt(page, data, 'intake-kept');
  expect(await page.evaluate(() => JSON.stringify(localStorage) + location.href), 'no person outside the page').not.toContain('Dở Dang');

  const other = await people.page('tiepnhan');
  await other.goto('/intake');
  await press(other, 'takeUp', owner).press('Enter');
  await expect(name(other)).toHaveValue(owner);
  await expect.poll(() => focused(other)).toMatch(label('intake:card.label'));
  await expect(other.getByRole('combobox', { name: labels.procedure })).toHaveValue(CHOSEN);
  await expect(other.locator('[name="owner.identity_number"]')).toHaveValue('001084012345');
  await expect(other.getByRole('textbox', { name: /^Bản chụp: Tờ khai/ })).toHaveValue('2');
  await expect(line(other, owner)).toContainText(vi('intake:drafts.open'));
  await lookAt(other, new Data(other), 'intake-taken-up');

  // Meanwhile it is kept anew at the first counter: nobody's words are lost unasked.
  await press(page, 'takeUp', owner).click();
  await expect(name(page)).toHaveValue(owner);
  await page.locator('[name="owner.phone"]').fill('0912000111');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(vi('intake:drafts.kept', { name: owner }))).toBeVisible();
  await other.locator('[name="owner.phone"]').fill('0912000222');
  await other.keyboard.press('Control+s');
  await expect(other.getByText(vi('intake:drafts.stale.title'))).toBeVisible();
  await axeFindsNothing(other, 'stale');
  await fits(other, 'stale');
  await picture(other, 'intake-stale-vi-1280', { fullPage: true });
  await other.getByRole('button', { name: vi('intake:drafts.stale.take') }).click();
  await expect(other.locator('[name="owner.phone"]')).toHaveValue('0912000111');
  await other.locator('[name="owner.phone"]').fill('0912000222');

  // The first counter has it open too, and finds it gone.
  await press(page, 'takeUp', owner).click();
  await expect(name(page)).toHaveValue(owner);
  await other.keyboard.press('Control+Enter');
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(vi('intake:done.accepted'));
  await other.getByRole('button', { name: vi('intake:done.next') }).click();
  await expect(name(other)).toHaveValue('');
  await expect(line(other, owner)).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('intake:drafts.gone.title'))).toBeVisible();
  await expect(name(page)).toHaveValue(owner);
  await expect(line(page, owner)).toHaveCount(0);
  await axeFindsNothing(page, 'gone');
  await fits(page, 'gone');
  await picture(page, 'intake-gone-vi-1280', { fullPage: true });
});

test('what was kept can be put back and deleted, and typing is not lost for it', async ({ people }) => {
  const owner = 'Phạm Thị Bỏ Lại';
  const page = await people.page('tiepnhan');
  await page.goto('/intake');
  await begin(page, owner);

  // What is typed now is kept nowhere: going on with the other asks first.
  await name(page).fill(OWNER);
  await press(page, 'takeUp', owner).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(vi('intake:drafts.leaving.title'));
  await dialog.getByRole('button', { name: vi('intake:drafts.leaving.stay') }).click();
  await expect(name(page)).toHaveValue(OWNER);
  await press(page, 'takeUp', owner).click();
  await dialog.getByRole('button', { name: vi('intake:drafts.leaving.go') }).click();
  await expect(name(page)).toHaveValue(owner);
  await expect.poll(() => focused(page)).toMatch(label('intake:card.label'));

  await press(page, 'leave', owner).click();
  await expect(name(page)).toHaveValue('');
  await name(page).fill(OWNER);
  await press(page, 'drop', owner).press('Enter');
  await expect(dialog).toContainText(owner);
  await axeFindsNothing(page, 'drop');
  await picture(page, 'intake-drop-vi-1280');
  await page.keyboard.press('Escape');
  await expect(press(page, 'drop', owner)).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: vi('intake:drafts.dropping.send') }).press('Enter');
  await expect(page.getByText(vi('intake:drafts.dropped', { name: owner }))).toBeVisible();
  await expect(line(page, owner)).toHaveCount(0);
  await expect(name(page), 'the form was another person').toHaveValue(OWNER);
  await expect.poll(() => focused(page)).toMatch(label('intake:card.label'));
});
