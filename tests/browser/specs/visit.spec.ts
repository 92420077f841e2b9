import { Data } from '../support/checks.ts';
import { fillTheCounter, OWNER } from '../support/counter.ts';
import { lookAt } from '../support/panel.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('a second dossier of the same person keeps who they are, and both stand on one slip', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  const labels = { procedure: label('intake:procedure.label'), ward: label('intake:authority.label') };
  const code = async () => (await page.locator('[role=status] p').nth(1).textContent()) ?? '';
  await page.goto('/intake');
  await fillTheCounter(page, labels);
  await page.getByRole('checkbox', { name: /^Tờ khai/ }).check();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('intake:done.accepted'));
  const first = await code();
  await page.getByRole('button', { name: vi('intake:done.another') }).click();

  await expect(page.locator('[name="owner.full_name"]')).toHaveValue(OWNER);
  const picker = page.getByRole('combobox', { name: labels.procedure });
  await expect(picker).toHaveValue('');
  await picker.fill('trich luc');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: /^Tờ khai/ }).check();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('intake:done.accepted'));
  expect(await code()).not.toBe(first);
  const slip = page.getByRole('article').first();
  await expect(slip).toContainText('Các hồ sơ khác nộp cùng lần này');
  await expect(slip).toContainText(first);
  await lookAt(page, data, 'slip-of-a-visit');
});
