import { axeFindsNothing, fits } from '../support/checks.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

test('the counter warns of an open dossier of the same person, and does not stand in the way', async ({
  people,
  api,
}) => {
  const open = await takeIn(api, { name: 'Lưu Thị Bích Thủy', identity: '001192007788' });
  const page = await people.page('tiepnhan');
  await page.goto('/intake');
  await page.locator('[name="owner.full_name"]').fill('Lưu Thị Bích Thủy');
  await page.locator('[name="owner.identity_number"]').fill('001192007788');
  const warning = page.getByRole('status').filter({ hasText: vi('intake:duplicates.title') });
  await expect(warning).toHaveCount(0);
  await page.getByRole('combobox', { name: vi('intake:procedure.label') }).fill('tinh trang hon nhan');
  await page.getByRole('option', { name: /tình trạng hôn nhân/ }).first().click();
  await expect(warning).toBeVisible();
  await expect(warning).toContainText(vi('intake:duplicates.because.identity_number'));
  await axeFindsNothing(page, 'intake with a warning');
  await fits(page, 'intake with a warning');
  await expect(page.getByRole('button', { name: vi('intake:send.accept') })).toBeEnabled();
  // Another number is another person.
  await page.locator('[name="owner.identity_number"]').fill('001192007789');
  await expect(warning).toHaveCount(0);
  await page.locator('[name="owner.identity_number"]').fill('001192007788');
  await warning.getByRole('link', { name: open.code ?? '' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(open.code ?? '');
});
