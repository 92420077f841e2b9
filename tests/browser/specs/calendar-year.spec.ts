import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

test('the year is walked by arrow keys, and a day says its hours and the document it rests on', async ({ people }) => {
  const page = await people.page('tiepnhan');
  const data = new Data(page);
  const asked: string[] = [];
  page.on('request', (r) => r.url().includes('/calendar/days') && asked.push(r.url()));
  await page.goto('/calendar');
  const year = page.getByRole('region', { name: vi('catalogue:calendar.year.title', { year: '2026' }), exact: true });
  const day = (date: string) => page.locator(`[data-date="${date}"]`);
  const details = page.getByRole('region', { name: 'Thứ Hai 02/03/2026', exact: true });
  await expect(year.getByRole('table')).toHaveCount(12);
  // Today, by the server's clock, is told unasked.
  await expect(details).toContainText('07:30–11:30, 13:30–17:30');
  await expect(details).toContainText(vi('catalogue:calendar.details.noSource'));

  // One stop for the Tab key in the whole year; from there the arrows lead, over the ends of months.
  const today = day('2026-03-02');
  await expect(year.locator('button[data-date][tabindex="0"]')).toHaveCount(1);
  await today.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('PageUp');
  await expect(day('2026-01-23')).toBeFocused();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/day=2026-02-17/);
  const tet = page.getByRole('region', { name: 'Thứ Ba 17/02/2026', exact: true });
  await expect(tet).toContainText(vi('catalogue:calendar.kinds.day_off'));
  await expect(tet).toContainText('Tết');
  await expect(tet).toContainText(vi('catalogue:calendar.details.source'));
  await expect(tet).not.toContainText(vi('catalogue:calendar.details.noSource'));
  // The keys stay where they were; nobody who may not try a change is offered one.
  await expect(day('2026-02-17')).toBeFocused();
  await expect(tet.getByRole('button')).toHaveCount(0);

  // A Saturday serves without counting; a make-up Saturday counts; the name of the button says which.
  await expect(day('2026-03-07')).toHaveAccessibleName(
    new RegExp(`^Thứ Bảy, .*3.* 2026, ${vi('catalogue:calendar.marks.service')}$`),
  );
  await expect(day('2026-08-22')).toHaveAccessibleName(
    new RegExp(vi('catalogue:calendar.marks.makeUp')),
  );
  // The whole year was one question.
  expect(asked).toHaveLength(1);

  await page.reload();
  await expect(tet).toBeVisible();
  await page.getByRole('button', { name: vi('catalogue:calendar.nextYear') }).click();
  await expect(page).toHaveURL(/year=2027/);
  await expect(day('2027-02-05')).toHaveAccessibleName(
    new RegExp(vi('catalogue:calendar.marks.provisional')),
  );
  // Beyond what the calendar holds the page says so.
  await page.getByRole('button', { name: vi('catalogue:calendar.nextYear') }).click();
  await expect(page.getByRole('alert')).toContainText('31/12/2027');

  await page.goBack();
  await day('2027-02-05').click();
  await lookAt(page, data, 'calendar-year-provisional');
  await page.getByRole('link', { name: vi('catalogue:calendar.oneMonth'), exact: true }).click();
  await expect(page).toHaveURL(/month=2027-02/);
  await expect(page.getByRole('row').filter({ hasText: '05/02/2027' })).toBeVisible();
  await page.getByRole('link', { name: vi('catalogue:calendar.wholeYear'), exact: true }).click();
  await expect(page).toHaveURL(/year=2027/);
});

test('a day chosen in the year is tried as in the list of the month, and both show it', async ({ people, api }) => {
  const taken = await takeIn(api);
  const page = await people.page('giamdoc');
  const data = new Data(page);
  await page.goto('/calendar?day=2026-03-05');
  const off = page.getByRole('button', { name: vi('catalogue:calendar.try.off', { date: '05/03/2026' }) });
  await off.focus();
  await page.keyboard.press('Space');
  await expect(page.locator('[data-date="2026-03-05"]')).toHaveAccessibleName(
    new RegExp(vi('catalogue:calendar.marks.tried')),
  );
  const card = page.getByRole('region', { name: vi('catalogue:calendar.try.title') });
  await card.getByRole('button', { name: vi('catalogue:calendar.try.ask') }).click();
  const row = card.getByRole('row').filter({ hasText: taken.code ?? 'no code' });
  await expect(row).toContainText('06/03/2026');
  await lookAt(page, data, 'calendar-year-tried');
  await page.getByRole('link', { name: vi('catalogue:calendar.oneMonth'), exact: true }).click();
  await expect(off).toHaveAttribute('aria-pressed', 'true');
});
