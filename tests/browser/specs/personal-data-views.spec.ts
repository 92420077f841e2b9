import { picture } from '../support/checks.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

test('the inspector reads who looked at a person’s data, in which role and what for', async ({ people, api }) => {
  const dossier = await takeIn(api, { name: 'Đặng Thị Ngọc Lan', identity: '001188004477' });
  const inspector = await people.page('thanhtra');
  await inspector.goto(`/dossiers/${dossier.id}`);
  await inspector.getByRole('link', { name: vi('dossier:party.views') }).click();
  await expect(inspector.getByText(vi('dossier:views.empty'))).toBeVisible();

  const reception = await people.page('tiepnhan');
  await reception.goto(`/dossiers/${dossier.id}`);
  // Who looks is not offered the list of who looked.
  await expect(reception.getByRole('link', { name: vi('dossier:party.views') })).toHaveCount(0);
  await reception.getByRole('button', { name: vi('dossier:party.showWhole') }).click();
  await expect(reception.getByText('001188004477')).toBeVisible();

  await inspector.reload();
  const row = inspector.locator('tbody tr');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(vi('account:role.reception'));
  await expect(row).toContainText(vi('dossier:viewPurpose.view'));
  await picture(inspector, 'personal-data-views-vi-1280', { fullPage: true });
});
