import type { Page } from '@playwright/test';
import type { Api, Dossier } from '../support/api.ts';
import { axeFindsNothing, Data, fits, picture, speaks } from '../support/checks.ts';
import { focused, goTo } from '../support/counter.ts';
import { lookAt } from '../support/panel.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { expect, forgive, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

const tile = (page: Page, concern: string) =>
  page.getByRole('region', { name: vi('watch:group.near') }).getByRole('link', { name: vi(`dossier:concern.${concern}`) });

/** Two working days: from today on an apology may be needed. */
const nearOne = async (api: Api): Promise<Dossier> =>
  bringTo(
    api,
    await takeIn(api, { procedure: '1.004845', components: ['to_khai', 'giay_to_cham_dut'] }),
    'processing',
  );

test('a number of the board leads to its list, which says in a chip by what it is narrowed', async ({ people, api }) => {
  test.setTimeout(180_000);
  const near = await nearOne(api);
  const page = await people.page('giamdoc');
  const data = new Data(page);
  const officers = page.getByRole('table', { name: vi('watch:by.officers') });
  const number = officers.getByRole('link', { name: new RegExp(`${vi('dossier:concern.apology_due')}, Lê Văn Đức`) });
  const rows = page.getByRole('table').getByRole('row');
  let looked = false;
  // Others work meanwhile: the number and its list are held against each other until nobody came between.
  await expect(async () => {
    await page.goto('/deadlines');
    await expect(tile(page, 'apology_due')).toBeVisible();
    if (!looked) await lookAt(page, data, 'deadlines');
    looked = true;
    const count = Number(await number.textContent());
    await number.press('Enter');
    await expect(page).toHaveURL(/concern=apology_due/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:list.title'));
    await expect(rows).toHaveCount(count + 1, { timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
  await expect(page.getByRole('link', { name: near.code ?? '' })).toBeVisible();
  const chips = page.getByRole('list', { name: vi('dossier:list.shownOnly') });
  await expect(chips).toContainText(vi('dossier:list.ofHandler', { name: 'Lê Văn Đức' }));
  await expect(chips).toContainText(vi('dossier:concern.apology_due'));
  await lookAt(page, data, 'dossiers-concern');
  // The list can be kept under a name, and is the same when it is asked for again.
  await page.getByRole('button', { name: vi('dossier:saved.keep') }).press('Enter');
  await page.getByRole('textbox', { name: vi('dossier:saved.name') }).fill('Thư xin lỗi của anh Đức');
  await page.keyboard.press('Enter');
  const kept = page.getByRole('button', { name: 'Thư xin lỗi của anh Đức', exact: true });
  await expect(kept).toBeVisible();
  await chips.getByRole('button', { name: new RegExp('Lê Văn Đức') }).press('Enter');
  await expect(page).not.toHaveURL(/handler=/);
  await expect(chips).not.toContainText('Lê Văn Đức');
  await kept.press('Enter');
  await expect(page).toHaveURL(/concern=apology_due/);
  await expect(page).toHaveURL(/handler=/);
  await expect(chips).toContainText(vi('dossier:list.ofHandler', { name: 'Lê Văn Đức' }));
  await expect(page.getByRole('link', { name: near.code ?? '' })).toBeVisible();
});

test('what ran over without an apology names who answers for it, and since when', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('lanhdao.thd');
  const data = new Data(page);
  await page.goto('/deadlines');
  const late = page.getByRole('region', { name: vi('watch:group.late') });
  const missing = late.getByRole('link', { name: vi('dossier:concern.apology_missing') });
  await expect(missing).toContainText(vi('watch:late'));
  await missing.press('Enter');
  const row = page.getByRole('table').getByRole('row').nth(1);
  await expect(row).toContainText(vi('dossier:answers.handler', { name: 'Lê Văn Đức' }));
  await expect(row).toContainText('Ủy ban nhân dân phường Trần Hưng Đạo');
  await expect(row).toContainText(/Quá hẹn từ \d\d:\d\d\s\d\d\/\d\d\/2026/);
  await expect(page.getByRole('checkbox', { name: vi('dossier:list.open') })).toBeChecked();
  await lookAt(page, data, 'dossiers-apology-missing');
});

test('the board changes by itself when something happens, without losing what is shown', async ({ people, api }) => {
  const page = await people.page('lanhdao.thd');
  await page.goto('/deadlines');
  const link = tile(page, 'apology_due');
  await expect(link).toBeVisible();
  const before = Number.parseInt((await link.textContent()) ?? '', 10);
  // Nothing of the board may go away while it is counted again.
  await page.evaluate(() => {
    const gone: string[] = [];
    Object.assign(globalThis, { gone });
    new MutationObserver((all) => {
      for (const m of all)
        for (const n of m.removedNodes) if (n instanceof Element && n.querySelector('h2, table')) gone.push(n.outerHTML);
    }).observe(document.body, { childList: true, subtree: true });
  });
  await nearOne(api);
  await expect.poll(async () => Number.parseInt((await link.textContent()) ?? '', 10)).toBeGreaterThan(before);
  expect(await page.evaluate(() => (globalThis as unknown as { gone: string[] }).gone)).toEqual([]);
});

test('without an answer the board says so, and keeps what it has', async ({ people, api, complaints }) => {
  test.setTimeout(120_000);
  const page = await people.page('thanhtra');
  await page.route('**/api/v1/deadlines/board', (route) => route.abort());
  await page.goto('/deadlines');
  await expect(page.getByText(vi('common:problem.unanswered'))).toBeVisible();
  await page.unroute('**/api/v1/deadlines/board');
  await page.getByRole('button', { name: vi('common:retry') }).press('Enter');
  await expect(tile(page, 'apology_due')).toBeVisible();
  await page.route('**/api/v1/deadlines/board', (route) => route.abort());
  await nearOne(api);
  await expect(page.getByText(/^Chưa cập nhật được/)).toBeVisible({ timeout: 30_000 });
  await picture(page, 'deadlines-old-vi-1280');
  await expect(tile(page, 'apology_due')).toBeVisible();
  forgive(complaints, /ERR_FAILED/);
});

test('the wall shows numbers and wards and no person, is opened and left by key', async ({ people }) => {
  test.setTimeout(120_000);
  const page = await people.page('giamdoc', { width: 1920, height: 1080 });
  const data = new Data(page);
  await page.goto('/deadlines');
  await expect(tile(page, 'apology_due')).toBeVisible();
  const asked: string[] = [];
  page.on('request', (r) => asked.push(new URL(r.url()).pathname));
  await goTo(page, new RegExp(`^${vi('watch:wall.open')}$`));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/wall=1/);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('rowheader', { name: 'Phường Trần Hưng Đạo' })).toBeVisible();
  await expect(page.getByText('Lê Văn Đức')).toHaveCount(0);
  await expect(page.getByText(/H26\./)).toHaveCount(0);
  expect(asked.filter((path) => /^\/api\/.*(dossier|alarm|apolog)/.test(path))).toEqual([]);
  // Letters of 25 mm on a screen of 55 inches, all on one screen.
  const small = await page.locator('main :is(li span, td strong, th)').evaluateAll((all) =>
    all.filter((el) => el.textContent && parseFloat(getComputedStyle(el).fontSize) < 38).length,
  );
  expect(small).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight + 1)).toBe(true);
  await data.quiet();
  await axeFindsNothing(page, 'wall at 1920 px');
  await fits(page, 'wall at 1920 px');
  await speaks(page, 'vi', data, 'wall');
  await picture(page, 'wall-vi-1920');

  // A centre of nine wards: they take turns, and still all is on one screen, in English too.
  await page.route('**/api/v1/deadlines/board', async (route) => {
    const answer = await route.fetch();
    const board = (await answer.json()) as { authorities: { key: string; name: string }[] };
    const [ward] = board.authorities;
    for (let i = 1; ward && i < 7; i++) board.authorities.push({ ...ward, key: `${ward.key}${i}`, name: `${ward.name} ${i}` });
    await route.fulfill({ response: answer, json: board });
  });
  for (const language of ['vi', 'en']) {
    await page.evaluate((l) => localStorage.setItem('motcua.language', l), language);
    await page.reload();
    await expect(page.getByRole('columnheader').first()).toContainText('/3');
    await expect(page.getByRole('rowheader')).not.toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight + 1), language).toBe(true);
    await picture(page, `wall-nine-${language}-1920`);
  }
  await page.evaluate(() => localStorage.setItem('motcua.language', 'vi'));
  await page.reload();
  await expect(page.getByRole('columnheader').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/wall/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('watch:title'));
});

test('alarms lead to their dossier; the mornings and the rules are for those who answer', async ({ people }) => {
  const handler = await people.page('thuly.thd');
  await handler.goto('/deadlines');
  const alarms = handler.getByRole('region', { name: vi('watch:alarms.title') });
  const first = alarms.getByRole('listitem').first().getByRole('link');
  const code = (await first.textContent()) ?? '';
  await expect(handler.getByRole('region', { name: vi('watch:digests.title') })).toHaveCount(0);
  await expect(handler.getByRole('region', { name: vi('watch:rules.title') })).toHaveCount(0);
  await first.press('Enter');
  await expect(handler.getByRole('heading', { level: 1 })).toHaveText(code);

  const leader = await people.page('lanhdao.thd');
  await leader.goto('/deadlines');
  const mornings = leader.getByRole('table', { name: vi('watch:digests.title') });
  await expect(mornings.getByRole('row').nth(1)).toContainText('02/03/2026');
  await expect(leader.getByRole('region', { name: vi('watch:rules.title') })).toHaveCount(0);
});

test('the rules of watching are set by key; a wrong number is told at its field, another’s change is not overwritten', async ({
  people,
  api,
}) => {
  test.setTimeout(120_000);
  const page = await people.page('admin');
  const data = new Data(page);
  await page.goto('/deadlines');
  const card = page.getByRole('region', { name: vi('watch:rules.title') });
  const days = card.locator('[name=lapse_warning_days]');
  await expect(days).toHaveValue('5');
  await days.fill('0');
  await page.keyboard.press('Control+Enter');
  await expect(days).toHaveAttribute('aria-invalid', 'true');
  await expect(days).toBeFocused();
  await lookAt(page, data, 'watch-rules');

  const { centre_id, version, ...rules } = await api.call<{ centre_id: string; version: number }>(
    'giamdoc',
    'GET',
    '/deadlines/watch-rules',
  );
  await api.call('giamdoc', 'PUT', `/deadlines/watch-rules?centre_id=${centre_id}`, { ...rules, lapse_warning_days: 6 }, version);
  await days.fill('7');
  await page.keyboard.press('Control+Enter');
  await expect(card.getByRole('alert')).toContainText(vi('common:problem.stale'));
  await expect(days).toHaveValue('6');
  await days.fill('7');
  await page.keyboard.press('Control+Enter');
  await expect(card.getByText(vi('watch:rules.saved'))).toBeVisible();
  await page.reload();
  await expect(days).toHaveValue('7');
  expect(await focused(page)).not.toBe('');
});
