import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('reception receives a request about one’s own data, the director answers it and takes the copy out', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('tiepnhan');
  await page.goto('/data-requests');
  await page.locator('[name=requester_name]').fill('Nguyễn Văn An');
  await page.locator('[name=requester_identity]').fill('12');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[name=requester_identity]')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('[name=requester_identity]').fill('001 085 012 345');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Hạn trả lời: \d\d\/\d\d\/\d{4}/)).toBeVisible();
  // Who receives does not answer.
  await expect(page.getByRole('button', { name: vi('personal:requests.answerOf', { name: 'Nguyễn Văn An' }) })).toHaveCount(0);

  const director = await people.page('giamdoc');
  const data = new Data(director);
  await director.goto('/data-requests');
  const copy = director.waitForEvent('download');
  await director.getByRole('button', { name: vi('personal:requests.exportOf', { name: 'Nguyễn Văn An' }) }).first().click();
  expect((await copy).suggestedFilename()).toBe('du-lieu-ca-nhan.json');
  await director.getByRole('button', { name: vi('personal:requests.answerOf', { name: 'Nguyễn Văn An' }) }).first().click();
  const dialog = director.getByRole('dialog');
  await dialog.getByLabel(label('personal:requests.form.text')).fill('Đã giao bản kết xuất toàn bộ dữ liệu.');
  await dialog.getByRole('button', { name: vi('personal:requests.form.send') }).click();
  await expect(director.getByText(vi('personal:requests.outcome.fulfilled')).first()).toBeVisible();
  await lookAt(director, data, 'data-requests-answered');
});

test('a leader holds a dossier and lets it go again', async ({ people, api }) => {
  test.setTimeout(120_000);
  const dossier = await bringTo(api, await takeIn(api), 'processing');
  const page = await people.page('lanhdao.thd');
  await page.goto(`/dossiers/${dossier.id}/views`);
  const card = page.getByRole('region', { name: vi('personal:hold.title') });
  await card.getByLabel(label('personal:hold.reason')).fill('Đang có khiếu nại, Thông báo thụ lý số 15/TB');
  await card.getByRole('button', { name: vi('personal:hold.place') }).click();
  await expect(card).toContainText('Thông báo thụ lý số 15/TB');
  await lookAt(page, new Data(page), 'dossier-held');
  await card.getByLabel(label('personal:hold.reason')).fill('Đã giải quyết xong khiếu nại');
  await card.getByRole('button', { name: vi('personal:hold.lift') }).click();
  await expect(card).toContainText(vi('personal:hold.none'));
});

test('an administrator enters a rule with its source, and is told when nothing is over its time', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/retention');
  await page.getByLabel(label('personal:retention.years')).fill('50');
  await page.getByLabel(label('personal:retention.source')).fill('Bảng thời hạn bảo quản, Quyết định số 12/QĐ-UBND');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: vi('personal:retention.rules') }).locator('tbody')).toContainText('50 năm');
  await lookAt(page, data, 'retention-rule');
  await page.getByRole('button', { name: vi('personal:retention.propose') }).click();
  await expect(page.getByRole('alert')).toContainText('Chưa có hồ sơ nào hết thời hạn lưu');
});
