import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { openCounters, plan, staff, test } from '../support/office.ts';
import { lookAt, lookAtAsItIs } from '../support/panel.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const gapsOf = (page: Page) => page.getByRole('region', { name: vi('roster:gaps.title') });
const weekOf = (page: Page) => page.getByRole('region', { name: /^Tuần \d/ });
const dialogOf = (page: Page) => page.getByRole('dialog');
const field = (page: Page, name: string) => dialogOf(page).locator(`[name="${name}"]`);
/** What stands in the week for a time of a day at a counter. */
const entry = (page: Page, day: string, counter: string, from: string) =>
  weekOf(page).getByRole('button', { name: new RegExp(`${day}, ${counter}.*, ${from}`) });

test('a director fills an empty counter from the warning and plans a week, by keyboard alone', async ({ office, people }) => {
  test.setTimeout(240_000);
  await openCounters(office.api, 'Quầy 1: tiếp nhận', 'Quầy 2: tiếp nhận');
  const reception = await staff(office.api, 'tiepnhan');
  const results = await staff(office.api, 'traketqua');
  const page = await people.page('giamdoc', { at: office });
  const data = new Data(page);
  await page.goto('/');
  await page.getByRole('navigation', { name: vi('common:nav.main') }).getByRole('link', { name: vi('common:nav.roster') }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('roster:title'));

  // Two counters, five working days, two shifts; four of them today.
  const gaps = gapsOf(page);
  await expect(gaps).toContainText(vi('roster:gaps.today_other', { count: '4' }));
  await expect(gaps.getByRole('listitem')).toHaveCount(6);
  await gaps.getByRole('button', { name: vi('roster:gaps.more_other', { count: '20' }) }).press('Enter');
  await expect(gaps.getByRole('listitem')).toHaveCount(20);
  await lookAt(page, data, 'roster-empty');

  // From the warning the counter and its time stand there; only somebody is missing.
  await gaps.getByRole('button', { name: /^Phân công: thứ Hai 02\/03\/2026, Quầy 1: tiếp nhận, 07:30/ }).press('Enter');
  await expect(field(page, 'counter_id').locator('option:checked')).toHaveText('Quầy 1: tiếp nhận');
  await expect(field(page, 'from')).toHaveValue('07:30');
  await expect(field(page, 'user_id')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(field(page, 'user_id')).toHaveAttribute('aria-invalid', 'true');
  await expect(dialogOf(page)).toContainText(vi('roster:faults.noPerson'));
  await lookAtAsItIs(page, 'roster-plan');
  await field(page, 'user_id').selectOption({ value: reception.id });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('roster:said.planned_other', { count: '1' }))).toBeVisible();
  await expect(dialogOf(page)).toHaveCount(0);
  // What was pressed is gone: the focus is where it is told what was done, not nowhere.
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await expect(gaps).toContainText(vi('roster:gaps.today_other', { count: '3' }));
  await expect(entry(page, '02/03/2026', 'Quầy 1', '07:30')).toContainText(reception.full_name);

  // The whole week from the button; Enter moves on, and whoever is elsewhere is told beside the field.
  await goTo(page, new RegExp(`^${vi('roster:plan')}$`), 'Shift+Tab', 100);
  await page.keyboard.press('Enter');
  await expect(field(page, 'counter_id')).toBeFocused();
  await field(page, 'counter_id').selectOption({ label: 'Quầy 2: tiếp nhận' });
  await page.keyboard.press('Enter');
  await expect(field(page, 'user_id')).toBeFocused();
  await field(page, 'user_id').selectOption({ value: reception.id });
  await field(page, 'substitute_id').selectOption({ value: results.id });
  await field(page, 'first_day').focus();
  await page.keyboard.insertText('2/3/2026');
  await page.keyboard.press('Enter');
  // The last day follows until it is said.
  await expect(field(page, 'last_day')).toBeFocused();
  await expect(field(page, 'last_day')).toHaveValue('02/03/2026');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('6/3/2026');
  await page.keyboard.press('Tab');
  await expect(dialogOf(page).getByRole('checkbox', { name: 'Thứ Bảy' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(field(page, 'user_id')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'user_id')).toBeFocused();
  await expect(dialogOf(page)).toContainText('đã được phân công từ 07:30 đến 11:30 ngày 02/03/2026');
  await lookAtAsItIs(page, 'roster-plan-refused');
  await field(page, 'user_id').selectOption({ value: (await staff(office.api, 'thungan')).id });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('roster:said.planned_other', { count: '10' }))).toBeVisible();

  // Somebody falls ill: the duties say so until the named substitute stands in.
  await page.getByRole('button', { name: vi('roster:enterAbsence') }).press('Enter');
  await field(page, 'user_id').selectOption({ value: (await staff(office.api, 'thungan')).id });
  await field(page, 'kind').selectOption('sick');
  await field(page, 'first_day').fill('3/3/2026');
  await field(page, 'last_day').focus();
  await lookAtAsItIs(page, 'roster-absence');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('roster:said.absent_other', { count: '2' }))).toBeVisible();
  const away = entry(page, '03/03/2026', 'Quầy 2', '07:30');
  await expect(away).toContainText(vi('roster:entry.away'));

  // One stop of the Tab key in the week; the arrows lead on.
  await expect(weekOf(page).locator('[data-entry][tabindex="0"]')).toHaveCount(1);
  await entry(page, '02/03/2026', 'Quầy 2', '07:30').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await expect(away).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field(page, 'user_id')).toBeFocused();
  await expect(field(page, 'user_id')).toHaveValue(results.id);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('roster:said.stoodIn'))).toBeVisible();
  await expect(away).toContainText(results.full_name);
  await expect(away).toContainText(vi('roster:entry.standsIn', { name: (await staff(office.api, 'thungan')).full_name }));
  await expect(away).toBeFocused();

  // A duty is cancelled after being asked; the counter is told as empty again.
  await page.keyboard.press('Enter');
  await dialogOf(page).getByRole('button', { name: vi('roster:duty.cancel') }).press('Enter');
  const yes = dialogOf(page).getByRole('button', { name: vi('roster:duty.cancelYes') });
  await expect(yes).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(vi('roster:said.cancelled'))).toBeVisible();
  await expect(entry(page, '03/03/2026', 'Quầy 2', '07:30')).toContainText(vi('roster:entry.gap'));
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await lookAt(page, data, 'roster-week');

  // The absence does not come about.
  await page.getByRole('button', { name: /^Hủy lần vắng mặt của .*, 03\/03\/2026$/ }).press('Enter');
  await dialogOf(page).getByRole('button', { name: vi('roster:absence.cancelYes') }).press('Enter');
  await expect(page.getByText(vi('roster:said.absenceCancelled'))).toBeVisible();
  await expect(page.getByRole('region', { name: vi('roster:absence.list') })).toContainText(vi('roster:absence.cancelled'));
});

test('a service shift does not count, earns leave when another confirms it, and leave is taken and put right', async ({
  office,
  people,
}) => {
  test.setTimeout(240_000);
  const [one = ''] = await openCounters(office.api, 'Quầy 1');
  const reception = await staff(office.api, 'tiepnhan');
  await plan(office.api, { counter_id: one, user_id: reception.id, kind: 'service', first_day: '2026-03-07', last_day: '2026-03-07' });
  await plan(office.api, {
    counter_id: one,
    user_id: reception.id,
    kind: 'service',
    first_day: '2026-03-02',
    last_day: '2026-03-02',
    from: '06:30',
    to: '07:30',
    source: 'Kế hoạch số 15/KH-UBND ngày 20/02/2026',
  });
  const page = await people.page('giamdoc', { at: office });
  const data = new Data(page);
  await page.goto('/roster');
  const saturday = entry(page, '07/03/2026', 'Quầy 1', '07:30');
  await expect(saturday).toContainText(vi('roster:entry.service'));
  await saturday.press('Enter');
  await expect(dialogOf(page)).toContainText(vi('roster:duty.serveLater'));
  await expect(dialogOf(page).getByRole('button', { name: vi('roster:duty.serve') })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(saturday).toBeFocused();

  // This morning's is over.
  await entry(page, '02/03/2026', 'Quầy 1', '06:30').press('Enter');
  await expect(dialogOf(page)).toContainText('Kế hoạch số 15/KH-UBND');
  await lookAtAsItIs(page, 'roster-served');
  await dialogOf(page).getByRole('button', { name: vi('roster:duty.serve') }).press('Enter');
  await expect(page.getByText(vi('roster:said.served'))).toBeVisible();
  await expect(entry(page, '02/03/2026', 'Quầy 1', '06:30')).toContainText(vi('roster:entry.served'));
  const leave = page.getByRole('region', { name: vi('roster:leave.title') });
  await expect(leave.getByRole('row', { name: new RegExp(reception.full_name) })).toContainText('1 giờ');

  // A whole day is more than there is: told beside the day.
  await leave.getByRole('button', { name: vi('roster:leave.takeOf', { name: reception.full_name }) }).press('Enter');
  await expect(field(page, 'kind')).toHaveValue('compensatory');
  await expect(dialogOf(page)).toContainText(vi('roster:absence.compensatoryHint', { left: '1 giờ' }));
  await field(page, 'first_day').fill('4/3/2026');
  await page.keyboard.press('Control+Enter');
  await expect(field(page, 'last_day')).toHaveAttribute('aria-invalid', 'true');
  await expect(dialogOf(page)).toContainText('Giờ nghỉ bù còn 60 phút, cần 480 phút.');
  await field(page, 'from').fill('16h30');
  await field(page, 'to').fill('17:00');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('roster:said.absentNone'))).toBeVisible();
  await expect(leave.getByRole('row', { name: new RegExp(reception.full_name) })).toContainText('30 phút');

  // Who made an entry does not correct it; another does, and says why.
  await leave.getByRole('button', { name: vi('roster:leave.bookOf', { name: reception.full_name }) }).press('Enter');
  await expect(dialogOf(page).getByRole('row')).toHaveCount(3);
  await expect(dialogOf(page).getByRole('button', { name: /^Sửa dòng/ })).toHaveCount(0);
  await lookAtAsItIs(page, 'roster-ledger');
  await page.keyboard.press('Escape');
  const admin = await people.page('admin', { at: office });
  await admin.goto('/roster');
  await admin.getByRole('button', { name: vi('roster:leave.bookOf', { name: reception.full_name }) }).press('Enter');
  await dialogOf(admin).getByRole('row', { name: new RegExp(vi('roster:leave.kinds.taken')) }).getByRole('button').press('Enter');
  await expect(field(admin, 'reason')).toBeFocused();
  await admin.keyboard.press('Control+Enter');
  await expect(field(admin, 'reason')).toHaveAttribute('aria-invalid', 'true');
  await admin.keyboard.insertText('Ghi nhầm ngày.');
  await lookAtAsItIs(admin, 'roster-correct');
  await admin.keyboard.press('Control+Enter');
  await expect(admin.getByText(vi('roster:said.corrected'))).toBeVisible();

  // Whose it is sees shifts, absences and what is left, and can change nothing.
  const own = await people.page('tiepnhan', { at: office });
  const ownData = new Data(own);
  await own.goto('/roster');
  const mine = own.getByRole('region', { name: vi('roster:leave.titleOwn') });
  await expect(mine).toContainText(vi('roster:leave.left', { left: '1 giờ' }));
  await expect(mine.getByRole('row')).toHaveCount(4);
  await expect(own.getByRole('region', { name: vi('roster:own.title') })).toContainText('Thứ Bảy 07/03/2026');
  await expect(own.getByRole('region', { name: vi('roster:absence.listOwn') })).toContainText(vi('roster:absence.kinds.compensatory'));
  await lookAt(own, ownData, 'roster-own');

  // The rules are set at the version last seen, faults at their fields.
  const rules = page.getByRole('region', { name: vi('roster:settings.title') });
  await rules.locator('[name=leave_percent]').fill('0');
  await page.keyboard.press('Control+Enter');
  await expect(rules.locator('[name=leave_percent]')).toBeFocused();
  await expect(rules).toContainText(vi('roster:settings.wrong.leave_percent'));
  await rules.locator('[name=leave_percent]').fill('150');
  await rules.locator('[name=leave_source]').fill('Quy chế số 3/QC-TTPVHCC ngày 01/3/2026');
  await page.keyboard.press('Control+Enter');
  await expect(rules.getByText(vi('roster:settings.saved'))).toBeVisible();
  await lookAt(page, data, 'roster-leave');
});

test('reception reads the whole centre and plans nothing; a handler sees the own shifts alone', async ({ office, people }) => {
  test.setTimeout(180_000);
  const [one = ''] = await openCounters(office.api, 'Quầy 1', 'Quầy 2');
  const handler = await staff(office.api, 'thuly.thd');
  await plan(office.api, { counter_id: one, user_id: handler.id, kind: 'counted', first_day: '2026-03-09', last_day: '2026-03-10' });
  const clerk = await people.page('tiepnhan', { at: office });
  await clerk.goto('/roster?week=2026-03-11');
  await expect(entry(clerk, '09/03/2026', 'Quầy 1', '07:30')).toContainText(handler.full_name);
  // Where nobody was planned there is nothing to open for who does not plan.
  await expect(entry(clerk, '09/03/2026', 'Quầy 2', '07:30')).toHaveCount(0);
  await expect(weekOf(clerk).getByRole('row', { name: /^Quầy 2/ })).toContainText(vi('roster:entry.gap'));
  await expect(gapsOf(clerk)).toBeVisible();
  await expect(gapsOf(clerk).getByRole('button', { name: /^Phân công/ })).toHaveCount(0);
  await expect(clerk.getByRole('button', { name: vi('roster:plan'), exact: true })).toHaveCount(0);
  await entry(clerk, '09/03/2026', 'Quầy 1', '07:30').press('Enter');
  await expect(dialogOf(clerk)).toContainText(handler.full_name);
  await expect(dialogOf(clerk).getByRole('combobox')).toHaveCount(0);
  await clerk.keyboard.press('Escape');

  const page = await people.page('thuly.thd', { at: office });
  const asked: string[] = [];
  page.on('request', (r) => r.url().includes('/roster/uncovered') && asked.push(r.url()));
  await page.goto('/roster');
  await expect(weekOf(page)).toContainText(vi('roster:week.noneOwn'));
  await expect(page.getByRole('region', { name: vi('roster:own.title') }).getByRole('listitem')).toHaveCount(4);
  await page.getByRole('link', { name: vi('roster:next') }).press('Enter');
  await expect(page).toHaveURL(/week=2026-03-09/);
  await expect(entry(page, '10/03/2026', 'Quầy 1', '13:30')).toContainText(handler.full_name);
  await expect(gapsOf(page)).toHaveCount(0);
  expect(asked).toEqual([]);
  await expect(page.getByRole('form')).toHaveCount(0);
  // Beyond what the calendar holds the page says so.
  await page.goto('/roster?week=2028-02-01');
  await expect(weekOf(page).getByRole('alert')).toContainText('31/12/2027');
});
