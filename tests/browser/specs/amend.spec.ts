import { axeFindsNothing, fits } from '../support/checks.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

test('reception puts a mistyped name right, prints the new slip, and the old one can still be printed', async ({
  people,
  api,
}) => {
  const dossier = await takeIn(api, { name: 'Lê Thị Mai Hươg', identity: '001188004455' });
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${dossier.id}`);
  await page.getByRole('link', { name: vi('dossier:party.amend') }).click();
  const name = page.locator('[name="owner.full_name"]');
  await expect(name).toHaveValue('Lê Thị Mai Hươg');
  await expect(page.locator('[name="owner.identity_number"]')).toHaveValue('001188004455');
  await axeFindsNothing(page, 'amend');
  await fits(page, 'amend');
  await page.screenshot({ path: 'results/screens/amend-vi-1280.png', fullPage: true });
  await name.fill('Lê Thị Mai Hương');
  // Without a reason it is not sent; the focus is put where it is missing.
  await page.keyboard.press('Control+Enter');
  const reason = page.getByRole('textbox', { name: vi('intake:amend.reason') });
  await expect(reason).toBeFocused();
  await reason.fill('Gõ thiếu dấu, đã đối chiếu thẻ căn cước.');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/slip$/);
  const sheets = page.getByRole('group', { name: vi('slip:sheets') });
  await expect(sheets).toContainText('Lê Thị Mai Hương');
  await page.goto(`/dossiers/${dossier.id}`);
  await expect(page.locator('section[aria-labelledby=timeline-title]')).toContainText(
    vi('dossier:event.amended'),
  );
  await page.screenshot({ path: 'results/screens/amended-vi-1280.png', fullPage: true });
  await page.getByRole('link', { name: vi('dossier:letter.01') }).first().click();
  await expect(sheets).toContainText('Lê Thị Mai Hươg');
});

test('who does not receive dossiers is not offered to change names', async ({ people, api }) => {
  const dossier = await takeIn(api, { name: 'Phan Văn Sửu', identity: '001188004466' });
  const page = await people.page('thuly.thd');
  await page.goto(`/dossiers/${dossier.id}`);
  await expect(page.locator('#parties-title')).toBeVisible();
  await expect(page.getByRole('link', { name: vi('dossier:party.amend') })).toHaveCount(0);
  await page.goto(`/dossiers/${dossier.id}/amend`);
  await expect(page).toHaveURL(/\/$/);
});
