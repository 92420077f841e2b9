import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { expect, scene, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('an administrator words what people are told, sees it as they will, and sets the quiet hours', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/messages');
  const words = page.getByRole('region', { name: vi('message:template.title') });
  await words.getByLabel(label('message:template.told'), { exact: true }).selectOption('stopped');
  await words.getByLabel(label('message:template.channel'), { exact: true }).selectOption('sms');
  const body = words.locator('[name=body]');
  await words.getByRole('button', { name: vi('message:template.try') }).press('Enter');
  await expect(words.getByRole('status')).toContainText('da dung giai quyet.');
  await lookAt(page, data, 'messages-tried');
  await body.fill('Hồ sơ {code} của {owner_name}');
  await words.getByRole('button', { name: vi('message:template.try') }).press('Enter');
  await expect(body).toHaveAttribute('aria-invalid', 'true');
  await body.fill('Hồ sơ {code} đã dừng giải quyết, mời đến Trung tâm.');
  await words.getByRole('button', { name: vi('message:template.try') }).press('Enter');
  await expect(words.getByRole('status')).toContainText('da dung giai quyet, moi den Trung tam.');
  await words.getByRole('button', { name: vi('message:template.enter') }).press('Enter');
  await expect(words.getByText(/^Phiên bản 2 /)).toBeVisible();

  const quiet = page.getByRole('region', { name: vi('message:quiet.title') });
  await quiet.locator('[name=quiet_from]').fill('20:30');
  await quiet.getByRole('button', { name: vi('message:quiet.save') }).press('Enter');
  await expect(quiet.getByRole('status')).toContainText(vi('message:quiet.saved'));
});

test('an officer sees on the dossier what its people were told and that it arrived', async ({ people }) => {
  const page = await people.page('tiepnhan');
  await page.goto(`/dossiers/${scene().dossiers.accepted.id}`);
  const card = page.getByRole('region', { name: vi('message:card.title') });
  await expect(card.getByText(vi('message:told.accepted'))).not.toHaveCount(0);
  await expect(card.getByText(vi('message:state.delivered'))).not.toHaveCount(0);
});
