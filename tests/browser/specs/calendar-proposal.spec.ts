import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { test } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { expect } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

const cardOf = (page: Page, year: string) =>
  page.getByRole('region', { name: vi('catalogue:calendar.proposal.title', { year }), exact: true });
const p = (key: string, values: Record<string, string> = {}) => vi(`catalogue:calendar.proposal.${key}`, values);
const day = (page: Page, date: string) => page.locator(`[data-date="${date}"]`);

test('the next year is provisional until a director has entered its days from the notice, by keyboard', async ({ office, people }) => {
  test.setTimeout(240_000);
  const page = await people.page('giamdoc', { at: office });
  const data = new Data(page);
  // This year's page says that the next one waits, and leads there.
  await page.goto('/calendar');
  await expect(page.getByText(p('hint', { year: '2027' }))).toBeVisible();
  await page.getByRole('link', { name: p('open', { year: '2027' }) }).press('Enter');
  await expect(page).toHaveURL(/year=2027$/);
  const card = cardOf(page, '2027');
  // The months stand before it; the head of the page leads past them.
  await page.getByRole('link', { name: p('open', { year: '2027' }) }).press('Enter');
  await expect(card.getByRole('heading', { level: 2 })).toBeInViewport();
  await expect(card).toContainText(p('provisional', { year: '2027' }));
  await expect(day(page, '2027-02-05')).toHaveAccessibleName(new RegExp(vi('catalogue:calendar.marks.provisional')));

  // What is certain is there with its reason; nothing is decided for the person.
  const kings = card.getByRole('listitem').filter({ hasText: '16/04/2027' });
  await expect(kings).toContainText('Điều 112.1.e');
  await expect(kings).toContainText(p('standing.provisional'));
  await expect(card.getByRole('listitem').filter({ hasText: '01/05/2027' }).first()).toContainText(p('standing.rest'));
  await expect(card.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(card.getByRole('checkbox', { name: '04/02/2027' })).toHaveCount(0);
  await expect(card).toContainText('24/11');
  await lookAt(page, data, 'calendar-proposal');

  // Nothing is sent while something is missing; the first of it has the focus.
  const sent: string[] = [];
  page.on('request', (r) => r.url().endsWith('/calendar/changes') && sent.push(r.url()));
  await card.getByRole('checkbox', { name: '16/04/2027' }).focus();
  await page.keyboard.press('Control+Enter');
  await expect(card.getByText(p('faults.undecided'))).toHaveCount(2);
  await expect(card.getByText(p('faults.noSource'))).toBeVisible();
  await expect(card.getByRole('radio').first()).toBeFocused();
  expect(sent).toEqual([]);

  // Two days before, three from the first of the year; the day next to National Day is left for its own notice.
  const [tet, national] = [card.getByRole('group', { name: /Tết/ }), card.getByRole('group', { name: /Quốc khánh/ })];
  await tet.getByRole('radio').first().press('ArrowDown');
  await expect(tet.getByRole('radio', { name: /^02 ngày trước/ })).toBeChecked();
  await expect(card.getByRole('checkbox', { name: '04/02/2027' })).toBeChecked();
  await national.getByRole('radio', { name: p('later') }).press('Space');
  // The notice does not name the first of January, and calls a day otherwise.
  await card.getByRole('checkbox', { name: '01/01/2027' }).press('Space');
  const name = card.getByRole('textbox', { name: p('nameOf', { date: '16/04/2027' }) });
  await name.fill('');
  // A swap, which no law foretells; the first try names a day that rests already.
  await card.getByRole('button', { name: p('add.off') }).press('Enter');
  const swap = card.getByRole('group', { name: p('extraKind.off', { number: '1' }) });
  await swap.getByLabel(label('catalogue:calendar.day')).fill('8/5/2027');
  await swap.getByLabel(label('catalogue:calendar.details.name')).fill('Nghỉ hoán đổi');
  await card.locator('[name=proposal_source]').fill('Thông báo số 9/TB-BNV ngày 01/3/2026');
  await page.keyboard.press('Control+Enter');
  await expect(name).toBeFocused();
  await expect(card.getByText(p('faults.noName'))).toBeVisible();
  await name.fill('Nghỉ Giỗ Tổ Hùng Vương (10/3 âm lịch)');
  await page.keyboard.press('Control+Enter');
  await expect(swap.getByLabel(label('catalogue:calendar.day'))).toHaveAttribute('aria-invalid', 'true');
  await expect(swap).toContainText('Ngày 08/05/2027 vốn đã là ngày nghỉ.');
  await lookAtAsItIs(page, 'calendar-proposal-refused');
  await swap.getByLabel(label('catalogue:calendar.day')).fill('7/5/2027');
  await card.getByRole('button', { name: p('add.work') }).press('Enter');
  const work = card.getByRole('group', { name: p('extraKind.work', { number: '2' }) });
  await work.getByLabel(label('catalogue:calendar.day')).fill('15/5/2027');
  await work.getByLabel(label('catalogue:calendar.proposal.replaces')).fill('7/5/2027');
  await page.keyboard.press('Tab');

  // What it would do to open promises is told before.
  await card.getByRole('button', { name: vi('catalogue:calendar.try.ask') }).press('Enter');
  await expect(card.getByRole('status')).toContainText(vi('catalogue:calendar.try.moved'));
  await card.locator('[name=proposal_source]').press('Control+Enter');
  await expect(card.getByText(/^Đã ghi phiên bản 2/)).toBeVisible();

  // Entered days are no longer provisional; what was left still is.
  await expect(day(page, '2027-02-04')).not.toHaveAccessibleName(new RegExp(vi('catalogue:calendar.marks.provisional')));
  await expect(day(page, '2027-05-15')).toHaveAccessibleName(new RegExp(vi('catalogue:calendar.marks.makeUp')));
  await expect(day(page, '2027-01-01')).toHaveAccessibleName(new RegExp(vi('catalogue:calendar.marks.provisional')));
  await day(page, '2027-04-16').click();
  await expect(page.getByRole('region', { name: 'Thứ Sáu 16/04/2027' })).toContainText('Thông báo số 9/TB-BNV');
  await expect(page.getByRole('region', { name: 'Thứ Sáu 16/04/2027' })).toContainText('(10/3 âm lịch)');
  await expect(card.getByRole('listitem').filter({ hasText: '16/04/2027' })).toContainText(p('standing.entered'));
  await expect(tet.getByRole('radio', { name: /^02 ngày trước/ })).toBeChecked();
  await expect(national.getByRole('radio', { checked: true })).toHaveCount(0);
  await lookAt(page, data, 'calendar-proposal-entered');

  // A year beyond the calendar comes in whole: each choice is made, and the calendar reaches it.
  await page.goto('/calendar?year=2028');
  const beyond = cardOf(page, '2028');
  await expect(beyond).toContainText('31/12/2028');
  await expect(beyond.getByRole('radio', { name: p('later') })).toHaveCount(0);
  await lookAt(page, data, 'calendar-proposal-beyond');
  await beyond.getByRole('group', { name: /Tết/ }).getByRole('radio').first().press('Space');
  await beyond.getByRole('group', { name: /Quốc khánh/ }).getByRole('radio').first().press('Space');
  await beyond.locator('[name=proposal_source]').fill('Thông báo số 10/TB-BNV ngày 01/3/2026');
  await page.keyboard.press('Control+Enter');
  await expect(beyond).toContainText(p('done', { year: '2028' }));
  await expect(day(page, '2028-01-03')).toHaveAccessibleName(/Nghỉ bù/);
  await expect(beyond.getByRole('button')).toHaveCount(0);

  // Two years ahead the one before it comes first.
  await page.goto('/calendar?year=2030');
  await expect(cardOf(page, '2030')).toContainText(p('first', { last: '31/12/2028', year: '2029' }));
  await cardOf(page, '2030').getByRole('link', { name: p('open', { year: '2029' }) }).press('Enter');
  await expect(page).toHaveURL(/year=2029/);
});

test('a leader reads the proposal and enters nothing; who takes in is not shown it', async ({ office, people }) => {
  test.setTimeout(120_000);
  const leader = await people.page('lanhdao.thd', { at: office });
  await leader.goto('/calendar?year=2027');
  const card = cardOf(leader, '2027');
  await expect(card).toContainText(p('mayNot'));
  await expect(card.getByRole('textbox')).toHaveCount(0);
  await card.getByRole('group', { name: /Tết/ }).getByRole('radio').nth(1).press('Space');
  await expect(card.getByRole('listitem').filter({ hasText: '04/02/2027' })).toContainText(p('standing.open'));
  await card.getByRole('group', { name: /Quốc khánh/ }).getByRole('radio').first().press('Space');
  await card.getByRole('button', { name: vi('catalogue:calendar.try.ask') }).press('Enter');
  await expect(card.getByRole('status')).toContainText(vi('catalogue:calendar.try.checked'));
  const clerk = await people.page('tiepnhan', { at: office });
  await clerk.goto('/calendar?year=2027');
  await expect(clerk.locator('#day-title')).toBeVisible();
  await expect(cardOf(clerk, '2027')).toHaveCount(0);
});
