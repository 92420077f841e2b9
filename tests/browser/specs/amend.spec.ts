import { axeFindsNothing, Data, fits, picture } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

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
  await picture(page, 'amend-vi-1280', { fullPage: true });
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
  await picture(page, 'amended-vi-1280', { fullPage: true });
  await page.getByRole('link', { name: vi('dossier:letter.01') }).first().click();
  await expect(sheets).toContainText('Lê Thị Mai Hươg');
});

test('a wrong count of a paper and the way of delivery are put right, and the slip shows it', async ({ people, api }) => {
  const dossier = await takeIn(api, { name: 'Vũ Đình Đếm', identity: '001188004477' });
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  await page.goto(`/dossiers/${dossier.id}/amend`);
  const paper = /^Tờ khai/;
  const count = (kind: string) =>
    page.getByRole('textbox', { name: label('intake:papers.countOf', { kind: vi(`intake:papers.${kind}`), name: 'Tờ khai' }) });
  await expect(page.getByRole('checkbox', { name: paper })).toBeChecked();
  await expect(count('originals')).toHaveValue('1');
  await expect(count('photocopies')).toHaveValue('1');
  await count('originals').fill('3');
  await count('photocopies').fill('0');
  const method = page.getByRole('combobox', { name: label('intake:delivery.method') });
  await expect(method).toHaveValue('counter');
  await method.selectOption('post');
  const address = page.getByRole('textbox', { name: label('intake:delivery.address') });
  await expect(address).toHaveValue(/Trần Bình Trọng/);
  await address.fill('Số 7 phố Quang Trung, Hà Nội');
  await lookAt(page, data, 'amend-papers');
  await page.getByRole('textbox', { name: vi('intake:amend.reason') }).fill('Đếm lại tờ khai; người dân muốn nhận qua bưu chính.');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/slip$/);
  const sheet = page.getByRole('group', { name: vi('slip:sheets') }).getByRole('article').first();
  await expect(sheet.getByRole('row', { name: /Tờ khai/ })).toContainText(/3\s*$/);
  await expect(sheet).toContainText(`${vi('dossier:delivery.post')}, Số 7 phố Quang Trung, Hà Nội`);
  await picture(page, 'amended-slip-vi-1280', { fullPage: true });

  await page.goto(`/dossiers/${dossier.id}`);
  await expect(page.locator('section[aria-labelledby=timeline-title]')).toContainText(
    [vi('dossier:changedPart.components'), vi('dossier:changedPart.result_delivery')].join(', '),
  );
  await expect(page.locator('section[aria-labelledby=parties-title]')).toContainText('Số 7 phố Quang Trung');
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
