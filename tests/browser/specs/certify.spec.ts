import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('a counter certifies copies by keyboard alone and finds them in the book, which it takes home as a sheet', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  await page.goto('/certify');
  const keys = page.keyboard;
  const type = async (text: string) => {
    await keys.insertText(text);
    await keys.press('Enter');
  };
  await expect(page.getByLabel(label('intake:card.label'))).toBeFocused();
  // The card is typed by hand: the number, the name, and nothing else.
  await keys.press('Enter');
  await type('001085012345');
  await type('Đặng Quốc Chứng');
  await page.locator('[name="items.0.document_name"]').focus();
  await type('Bằng tốt nghiệp đại học');
  await type('5');
  await keys.insertText('3');
  await expect(page.locator('aside')).toContainText('21.000');
  const wards = page.locator('[name="authority"]');
  await wards.focus();
  await wards.selectOption({ label: 'Ủy ban nhân dân phường Trần Hưng Đạo' }).catch(() => wards.selectOption({ index: 1 }));
  const signer = page.locator('[name="signer"]');
  await expect(signer.locator('option')).not.toHaveCount(1);
  await signer.selectOption({ index: 1 });
  await keys.press('Control+Enter');

  const done = page.getByRole('status').filter({ hasText: vi('certification:done.numbers') });
  await expect(done).toContainText(/\d+\/2026-SCT\/BS/);
  await expect(done).toContainText('21.000');
  await lookAt(page, data, 'certified');
  const number = /(\d+)\/2026-SCT\/BS/.exec((await done.textContent()) ?? '')?.[1] ?? '';
  await page.getByRole('link', { name: vi('certification:done.book') }).click();

  await page.getByLabel(label('certification:book.search')).fill('dang quoc chung');
  await keys.press('Enter');
  const row = page.locator('tbody tr').first();
  await expect(row).toContainText('Đặng Quốc Chứng');
  await expect(row.locator('td').first()).toHaveText(number);
  await expect(row).not.toContainText('001085012345');
  await lookAt(page, data, 'certification-book-found');
  const sheet = page.waitForEvent('download');
  await page.getByRole('button', { name: vi('certification:book.csv') }).click();
  expect((await sheet).suggestedFilename()).toBe('so-chung-thuc-ban-sao-2026.csv');

  // The next person finds who signs already chosen, and nobody of the last.
  await page.goBack();
  await page.goto('/certify');
  await expect(page.locator('[name="owner.full_name"]')).toHaveValue('');
});
