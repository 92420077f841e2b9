import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('an administrator opens a reception point with a counter by keyboard, the board names it, and its last day is written', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/organisation');
  const points = page.getByRole('region', { name: vi('centre:points.title') });
  const form = points.getByRole('form', { name: vi('centre:points.add') });
  // A place without a name is refused where the name belongs.
  await form.getByLabel(label('centre:name')).focus();
  await page.keyboard.press('Control+Enter');
  await expect(form.getByLabel(label('centre:name'))).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByLabel(label('centre:name'))).toBeFocused();
  await page.keyboard.insertText('Điểm tiếp nhận phố Khâm Thiên');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('120 phố Khâm Thiên');
  await page.keyboard.press('Control+Enter');
  await expect(points.getByRole('table')).toContainText('120 phố Khâm Thiên');

  const counters = page.getByRole('region', { name: vi('centre:counters.title') });
  const counter = counters.getByRole('form', { name: vi('centre:counters.add') });
  await counter.getByLabel(label('centre:counters.name')).fill('Quầy 12: chứng thực');
  await counter.getByLabel(label('centre:counters.at')).selectOption('Điểm tiếp nhận phố Khâm Thiên');
  await page.keyboard.press('Control+Enter');
  await expect(counters.getByRole('row', { name: /Quầy 12/ })).toContainText('Điểm tiếp nhận phố Khâm Thiên');
  await lookAt(page, data, 'organisation-filled');

  const anyone = await people.page();
  await anyone.goto('/niem-yet');
  await expect(anyone.getByRole('list', { name: vi('upkeep:board.places') })).toContainText('120 phố Khâm Thiên');

  await points.getByRole('button', { name: vi('centre:endOf', { name: 'Điểm tiếp nhận phố Khâm Thiên' }) }).press('Enter');
  const ending = points.getByRole('form', { name: vi('centre:endOf', { name: 'Điểm tiếp nhận phố Khâm Thiên' }) });
  await lookAt(page, data, 'organisation-ending');
  await ending.getByRole('button', { name: vi('centre:endSend') }).press('Enter');
  await expect(ending).toHaveCount(0);
  await expect(points.getByRole('row', { name: /Khâm Thiên/ })).toContainText(' – ');
});

/** A red and a blue ball on white, 16 pixels wide. */
const RED =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAOklEQVR42mP4TyJgQOOfEBBAQ/g0YKrG1MNAUDWaHgZiVCPrYSBSNVzPiNVAcrCSE3HkJA1yEh8xAACqTrhEqJXiBwAAAABJRU5ErkJggg==';
const BLUE =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAOklEQVR42mP4TyJgQOMLOJxAQ/g0YKrG1MNAUDWaHgZiVCPrYSBSNVzPiNVAcrCSE3HkJA1yEh8xAACWotWEk9cXrwAAAABJRU5ErkJggg==';
const picture = (base64: string) => ({ name: 'mark.png', mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') });

test('the centre gets a mark of its own at the head of the page, another one, and none again', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/organisation');
  const card = page.getByRole('region', { name: vi('centre:logo.title') });
  const choose = card.locator('[name=image]');
  const files = card.locator('input[type=file]');
  const save = card.getByRole('button', { name: vi('centre:save'), exact: true });
  const home = page.getByRole('banner').getByRole('link').first();
  /** The colour in the middle of the mark: one picture is not taken for another. */
  const middle = () =>
    home.locator('img').evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      const brush = Object.assign(document.createElement('canvas'), { width: 16, height: 16 }).getContext('2d');
      brush?.drawImage(img, 0, 0);
      return [...(brush?.getImageData(8, 8, 1, 1).data ?? [])].slice(0, 3).join();
    });
  await expect(home.locator('svg')).toBeVisible();
  await expect(card.getByRole('button', { name: vi('centre:logo.drop') })).toHaveCount(0);

  // Nothing, what is no picture at all, and what only begins like one: each is told beside the field.
  await save.press('Enter');
  await expect(choose).toBeFocused();
  await expect(choose).toHaveAccessibleDescription(new RegExp(vi('centre:logo.lacking').replace('.', '\\.')));
  await lookAt(page, data, 'organisation-mark-lacking');
  await files.setInputFiles({ name: 'mark.png', mimeType: 'image/png', buffer: Buffer.from('GIF89a') });
  await expect(card.getByRole('alert')).toHaveText(vi('centre:logo.unusable.kind'));
  await files.setInputFiles({ ...picture(RED), buffer: Buffer.from(RED, 'base64').subarray(0, 30) });
  await save.press('Enter');
  await expect(choose).toHaveAttribute('aria-invalid', 'true');
  await expect(choose).toHaveAccessibleDescription(/Không đọc được ảnh/);

  await files.setInputFiles(picture(RED));
  await expect(choose).not.toHaveAttribute('aria-invalid');
  await expect(card.getByText(vi('centre:logo.chosen', { name: 'mark.png' }))).toBeVisible();
  await lookAt(page, data, 'organisation-mark-chosen');
  await choose.focus();
  await page.keyboard.press('Control+Enter');
  await expect(card.getByText(vi('centre:saved'))).toBeVisible();
  expect(await middle()).toBe('200,16,16');
  await lookAt(page, data, 'organisation-mark');

  // The address of the picture stays; what is seen does not.
  await files.setInputFiles(picture(BLUE));
  await save.press('Enter');
  await expect(card.getByText(vi('centre:saved'))).toBeVisible();
  await expect.poll(middle).toBe('16,64,200');

  const anyone = await people.page();
  await anyone.goto('/tra-cuu');
  await expect(anyone.getByRole('banner').locator('img')).toBeVisible();

  await card.getByRole('button', { name: vi('centre:logo.drop') }).press('Enter');
  await expect(card.getByText(vi('centre:logo.dropped'))).toBeVisible();
  await expect(choose).toBeFocused();
  await expect(home.locator('img')).toHaveCount(0);
  await expect(home.locator('svg')).toBeVisible();
});

test('the telephone of the centre is changed, and not over what somebody else has just written', async ({ people }) => {
  const page = await people.page('admin');
  await page.goto('/organisation');
  const phoneOn = (where: Page) =>
    where.getByRole('region', { name: vi('centre:details.title') }).getByLabel(label('centre:phone'));
  const card = page.getByRole('region', { name: vi('centre:details.title') });
  await expect(card.getByLabel(label('centre:details.name'))).not.toHaveValue('');

  const other = await people.page('admin');
  await other.goto('/organisation');
  await expect(phoneOn(other)).toBeVisible();

  await card.getByLabel(label('centre:details.name')).fill('');
  await page.keyboard.press('Control+Enter');
  await expect(card.getByLabel(label('centre:details.name'))).toBeFocused();
  await expect(card.getByLabel(label('centre:details.name'))).toHaveAttribute('aria-invalid', 'true');
  await page.reload();
  await phoneOn(page).fill('024 3933 1234');
  await page.keyboard.press('Control+Enter');
  await expect(card.getByText(vi('centre:saved'))).toBeVisible();

  await phoneOn(other).fill('024 3933 5678');
  await other.keyboard.press('Control+Enter');
  await expect(other.getByRole('alert')).toContainText(vi('common:problem.stale'));
  await expect(phoneOn(other)).toHaveValue('024 3933 1234');
  await phoneOn(other).fill('024 3933 5678');
  await other.keyboard.press('Control+Enter');
  await expect(other.getByText(vi('centre:saved'))).toBeVisible();

  const anyone = await people.page();
  await anyone.goto('/niem-yet');
  await expect(anyone.getByRole('list', { name: vi('upkeep:board.places') })).toContainText('024 3933 5678');
});
