import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { takeIn } from '../support/scene.ts';
import { expect, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const hoursOf = (page: Page) => page.getByRole('region', { name: vi('catalogue:calendar.hours.title'), exact: true });
const tryOf = (page: Page) => page.getByRole('region', { name: vi('catalogue:calendar.try.title') });

async function begin(page: Page) {
  const hours = hoursOf(page);
  await hours.getByRole('button', { name: vi('catalogue:calendar.hours.begin') }).click();
  await expect(hours.getByRole('group', { name: /^Ca \d$/ })).toHaveCount(3);
  return hours;
}

test('a director tries new weekly hours: faults stand at their fields, then it is told which promises move', async ({
  people,
  api,
}) => {
  test.setTimeout(120_000);
  const taken = await takeIn(api);
  const page = await people.page('giamdoc');
  const data = new Data(page);
  await page.goto('/calendar?month=2026-03');
  const hours = await begin(page);
  const ask = tryOf(page).getByRole('button', { name: vi('catalogue:calendar.try.ask') });

  // What holds now is where one begins: two shifts that count, and a Saturday that only serves.
  const morning = hours.getByRole('group', { name: 'Ca 1', exact: true });
  const afternoon = hours.getByRole('group', { name: 'Ca 2', exact: true });
  const saturday = hours.getByRole('group', { name: 'Ca 3', exact: true });
  await expect(morning.getByLabel(label('catalogue:calendar.hours.start'))).toHaveValue('07:30');
  await expect(saturday.getByRole('checkbox', { name: 'Thứ Bảy' })).toBeChecked();
  await expect(saturday.getByRole('combobox')).toHaveValue('serves');

  // Nothing is asked while a field is wrong; the first of them has the focus.
  const asked: string[] = [];
  page.on('request', (r) => r.url().endsWith('/deadlines/simulate') && asked.push(r.url()));
  await afternoon.getByLabel(label('catalogue:calendar.hours.start')).fill('11h');
  await saturday.getByLabel(label('catalogue:calendar.hours.end')).fill('6:00');
  await ask.click();
  const from = hours.getByLabel(label('catalogue:calendar.hours.validFrom'));
  await expect(from).toBeFocused();
  await expect(hours.getByText(vi('catalogue:calendar.hours.faults.noDay'))).toBeVisible();
  await expect(afternoon.getByText(vi('catalogue:calendar.hours.faults.overlaps'))).toBeVisible();
  await expect(saturday.getByText(vi('catalogue:calendar.hours.faults.endsFirst'))).toBeVisible();
  await lookAt(page, data, 'calendar-hours-faulty');
  expect(asked).toEqual([]);

  await page.keyboard.press('Tab');
  await from.fill('3/3/2026');
  await afternoon.getByLabel(label('catalogue:calendar.hours.start')).fill('13h30');
  await saturday.getByRole('button', { name: vi('catalogue:calendar.hours.removeShift', { number: '3' }) }).click();
  for (const shift of [morning, afternoon]) {
    await shift.getByRole('checkbox', { name: 'Thứ Năm' }).focus();
    await page.keyboard.press('Space');
  }
  await ask.click();
  // Promised for Thursday the fifth, on which nobody would work any more.
  const row = tryOf(page).getByRole('row').filter({ hasText: taken.code ?? 'no code' });
  await expect(row).toContainText('05/03/2026');
  await expect(row).toContainText('06/03/2026');
  await expect(row).toContainText(vi('catalogue:calendar.try.itemMoves'));
  await expect(tryOf(page)).toContainText('T2–T4, T6: 07:30–11:30');
  await lookAt(page, data, 'calendar-hours-tried');

  // Other hours are another question.
  await morning.getByRole('checkbox', { name: 'Thứ Năm' }).check();
  await expect(row).toHaveCount(0);
  // A leader may ask, but not enter; who takes in may do neither.
  const leader = await people.page('lanhdao.thd');
  await leader.goto('/calendar');
  await expect(hoursOf(leader)).toBeVisible();
  await expect(leader.getByRole('region', { name: vi('catalogue:calendar.enter.title'), exact: true })).toHaveCount(0);
  const clerk = await people.page('tiepnhan');
  await clerk.goto('/calendar');
  await expect(clerk.locator('#day-title')).toBeVisible();
  await expect(hoursOf(clerk)).toHaveCount(0);
});

test('an administrator enters new hours from a notice, and the days from then on have them', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  // Far ahead, so that nothing promised in the other tests stands there.
  await page.goto('/calendar?day=2027-12-06');
  const hours = await begin(page);
  await hours.getByLabel(label('catalogue:calendar.hours.validFrom')).fill('1/12/2027');
  const morning = hours.getByRole('group', { name: 'Ca 1', exact: true });
  await morning.getByLabel(label('catalogue:calendar.hours.start')).fill('7h');
  await morning.getByLabel(label('catalogue:calendar.hours.end')).fill('11:00');
  const form = page.getByRole('region', { name: vi('catalogue:calendar.enter.title'), exact: true });
  // Hours have no name of their own: what would be called something is a day off.
  await expect(form.getByLabel(label('catalogue:calendar.enter.name'))).toHaveCount(0);
  await form.getByLabel(label('catalogue:calendar.enter.source')).fill('Quyết định số 45/2026/QĐ-UBND ngày 01/3/2026');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toBeVisible();
  const details = page.getByRole('region', { name: 'Thứ Hai 06/12/2027', exact: true });
  await expect(details).toContainText('07:00–11:00, 13:30–17:30');
  const versions = page.getByRole('region', { name: vi('catalogue:calendar.versions.title') });
  const entered = versions.getByRole('row').filter({ hasText: 'Quyết định số 45/2026/QĐ-UBND' });
  await expect(entered).toContainText(/Đã xem \d+, lùi ngày hẹn 0/);
  await lookAt(page, data, 'calendar-hours-entered');
});
