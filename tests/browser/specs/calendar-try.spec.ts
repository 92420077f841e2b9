import { Data, picture } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('a director tries a day off and sees which promises would move, by keyboard, and nothing has changed', async ({
  people,
  api,
}) => {
  const taken = await takeIn(api);
  const page = await people.page('giamdoc');
  await page.goto('/calendar?month=2026-03');
  const off = page.getByRole('button', { name: vi('catalogue:calendar.try.off', { date: '04/03/2026' }) });
  await off.focus();
  await page.keyboard.press('Space');
  await expect(off).toHaveAttribute('aria-pressed', 'true');
  const card = page.getByRole('region', { name: vi('catalogue:calendar.try.title') });
  await card.getByRole('button', { name: vi('catalogue:calendar.try.ask') }).focus();
  await page.keyboard.press('Enter');
  const row = card.getByRole('row').filter({ hasText: taken.code ?? 'no code' });
  await expect(row).toContainText('05/03/2026');
  await expect(row).toContainText('06/03/2026');
  await picture(page, 'calendar-try', { fullPage: true });

  // Other days are another question: the answer to the one before is gone.
  await off.click();
  await expect(row).toHaveCount(0);
  await row.page().goto(`/dossiers/${taken.id}`);
  await expect(page.getByText(/05\/03\/2026/).first()).toBeVisible();

  const clerk = await people.page('tiepnhan');
  await clerk.goto('/calendar?month=2026-03');
  await expect(clerk.getByRole('row').nth(1)).toBeVisible();
  await expect(clerk.getByRole('region', { name: vi('catalogue:calendar.try.title') })).toHaveCount(0);
});

test('an administrator enters a day off from a notice and sees that it was carried to the open dossiers', async ({
  people,
}) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  // Far ahead, so that nothing promised in the other tests stands there.
  await page.goto('/calendar?month=2026-11');
  await page.getByRole('button', { name: vi('catalogue:calendar.try.off', { date: '24/11/2026' }), exact: true }).click();
  const form = page.getByRole('region', { name: vi('catalogue:calendar.enter.title'), exact: true });
  await form.getByLabel(label('catalogue:calendar.enter.source')).fill('Nghị định số 99/2026/NĐ-CP ngày 02/3/2026');
  await form.getByLabel(label('catalogue:calendar.enter.name')).fill('Ngày Văn hóa Việt Nam');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '24/11/2026' })).toContainText('Nghị định số 99/2026/NĐ-CP');
  const versions = page.getByRole('region', { name: vi('catalogue:calendar.versions.title') });
  // Another test may have entered a later one meanwhile.
  const entered = versions.getByRole('row').filter({ hasText: 'Nghị định số 99/2026/NĐ-CP' });
  await expect(entered).toContainText(/Đã xem \d+, lùi ngày hẹn 0/);
  await lookAt(page, data, 'calendar-entered');
});
