import type { Page } from '@playwright/test';
import { Data } from '../support/checks.ts';
import { lookAt } from '../support/panel.ts';
import { expect, scene, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

const lineOf = (page: Page) => page.getByRole('region', { name: vi('dossier:line.title'), exact: true });
const mark = (kind: string) => vi(`dossier:line.marks.${kind}`);

test('a dossier that is late shows it on its line of time in words and with a sign, and a table says the same', async ({
  people,
  api,
}) => {
  const late = await api.call<{ items: { id: string }[] }>('giamdoc', 'GET', '/dossiers?due=overdue&limit=1');
  const page = await people.page('giamdoc');
  const data = new Data(page);
  const asked: string[] = [];
  page.on('request', (r) => r.url().includes('/calendar/days') && asked.push(r.url()));
  await page.goto(`/dossiers/${late.items[0]?.id}`);
  const line = lineOf(page);
  const drawing = line.getByRole('img', { name: new RegExp(vi('dossier:line.drawing', { from: '.+', to: '.+' })) });
  await expect(drawing).toBeVisible();
  // Now is where the server's clock has it.
  await expect(drawing.locator('text').filter({ hasText: mark('now') })).toContainText('02/03');
  await expect(page.getByText(new RegExp(`^${vi('dossier:timing.lateBy', { time: '.+' })}`)).first()).toBeVisible();
  await expect(line.getByText(vi('dossier:line.legend.late'), { exact: true })).toBeVisible();
  await line.getByText(vi('dossier:line.asTable')).focus();
  await page.keyboard.press('Enter');
  const rows = line.getByRole('row');
  await expect(rows.filter({ hasText: mark('due') })).toContainText(vi('dossier:line.lateMark'));
  await expect(rows.filter({ hasText: vi('dossier:event.accepted') })).toHaveCount(1);
  await expect(rows.last()).toContainText(mark('now'));
  // Its days were one question.
  expect(asked).toHaveLength(1);
  await lookAt(page, data, 'line-late');
});

test('a pause is drawn and told, and a line wider than the screen is scrolled by key', async ({ people }) => {
  const page = await people.page('tiepnhan', { width: 360, height: 740 });
  await page.goto(`/dossiers/${scene().dossiers.supplement_requested.id}`);
  const line = lineOf(page);
  const drawing = line.getByRole('img');
  await expect(drawing).toBeVisible();
  await expect(drawing.locator('text').filter({ hasText: mark('supplement') })).toHaveCount(1);
  await expect(line.getByText(vi('dossier:line.legend.pause'), { exact: true })).toBeVisible();
  const frame = line.getByRole('group', { name: vi('dossier:line.title') });
  const left = () => frame.evaluate((el) => el.scrollLeft);
  const before = await left();
  await frame.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(left).toBeGreaterThan(before);

  await line.getByText(vi('dossier:line.asTable')).click();
  await expect(
    line.getByRole('row').filter({
      hasText: vi('dossier:line.pauseOpen', { kind: vi('dossier:pauseKind.supplement') }),
    }),
  ).toHaveCount(1);
  await expect(line.getByRole('row').last()).toContainText(mark('supplement'));
});

test('what is only submitted has a line to its answer, and what is done ends where it was done', async ({ people }) => {
  const clerk = await people.page('tiepnhan');
  await clerk.goto(`/dossiers/${scene().dossiers.submitted.id}`);
  const waiting = lineOf(clerk).getByRole('img').locator('text');
  await expect(waiting.filter({ hasText: mark('reply') })).toHaveCount(1);
  await expect(waiting.filter({ hasText: mark('due') })).toHaveCount(0);

  const inspector = await people.page('thanhtra');
  await inspector.goto(`/dossiers/${scene().dossiers.returned.id}`);
  const done = lineOf(inspector).getByRole('img').locator('text');
  await expect(done.filter({ hasText: mark('returned') })).toHaveCount(1);
  await expect(done.filter({ hasText: mark('now') })).toHaveCount(0);
});
