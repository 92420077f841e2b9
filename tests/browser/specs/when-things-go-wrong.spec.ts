import { picture } from '../support/checks.ts';
import { OWNER, fillTheCounter } from '../support/counter.ts';
import { expect, forgive, test } from '../support/test.ts';
import { bringTo, takeIn } from '../support/scene.ts';
import { label, vi } from '../support/words.ts';

test('a wrong password is refused in words, and the field can be tried again', async ({ people }) => {
  const page = await people.page();
  await page.goto('/dossiers');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel(vi('account:username')).fill('tiepnhan');
  const password = page.locator('[autocomplete=current-password]');
  await password.fill('sai mat khau');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText(/không đúng/i);
  await expect(page).toHaveURL(/\/sign-in/);
  await password.fill('Motcua@2026');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:list.title'));
  await expect(page, 'one is where one wanted to go').toHaveURL(/\/dossiers$/);
});

test('when someone else was quicker, the page says who, reloads, and keeps what was typed', async ({
  people,
  api,
  complaints,
}) => {
  const dossier = await bringTo(api, await takeIn(api), 'processing');
  const page = await people.page('thuly.thd');
  // Without the live stream, as when it has just broken: the page cannot know yet.
  await page.route('**/api/v1/live', (route) => route.abort());
  await page.goto(`/dossiers/${dossier.id}`);
  const panel = page.getByRole('region', { name: vi('actions:title') });
  await panel.getByRole('button', { name: vi('actions:name.supplement-requests') }).click();
  await panel.getByLabel(vi('actions:supplementRequest.item', { number: '1' })).fill('Bản sao trích lục');
  await panel.getByLabel(vi('actions:supplementRequest.reason')).fill('Thiếu giấy tờ');

  await api.act('tiepnhan', dossier, 'withdrawals', { reason: 'Người dân đổi ý.' });
  await panel.getByRole('button', { name: vi('actions:supplementRequest.send') }).click();

  await expect(panel.getByText(vi('actions:stale.title'))).toBeVisible();
  await expect(panel.getByText(/Nguyễn Thị Thu Hà – /)).toBeVisible();
  await expect(page.getByText(vi('dossier:subState.withdrawal_requested')).first()).toBeVisible();
  await expect(page.getByText('Người dân đổi ý.').first()).toBeVisible();
  forgive(complaints, /ERR_FAILED/);
});

test('the page says when the computer is offline, keeps what is there, and takes the word back', async ({ people, complaints }) => {
  const page = await people.page('tiepnhan');
  await page.goto('/');
  const row = page.getByRole('row').nth(1);
  await expect(row).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(vi('common:offline'))).toBeVisible();
  await expect(row).toBeVisible();
  await picture(page, 'offline-vi-1280');
  await page.context().setOffline(false);
  await expect(page.getByText(vi('common:offline'))).toBeHidden();
  // The browser itself logs that it could not fetch; nothing else may be wrong.
  forgive(complaints, /ERR_INTERNET_DISCONNECTED/);
});

test('when an answer is lost on the way, asking again makes no second dossier', async ({ people, api, complaints }) => {
  const page = await people.page('tiepnhan');
  await page.goto('/intake');
  await fillTheCounter(page, { procedure: label('intake:procedure.label'), ward: label('intake:authority.label') });
  await page.getByRole('checkbox', { name: /^Tờ khai/ }).check();
  const keys: (string | undefined)[] = [];
  await page.route('**/api/v1/dossiers', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    // The server did it, the browser never hears of it.
    expect((await route.fetch()).status()).toBe(201);
    return route.abort('connectionfailed');
  });
  const before = await api.count(OWNER);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(vi('common:problem.unanswered'))).toBeVisible();
  await page.getByRole('button', { name: vi('intake:send.accept') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('intake:done.accepted'));
  expect(keys).toHaveLength(2);
  expect(keys[0], 'a key was sent').toBeTruthy();
  expect(keys[1], 'the same key both times').toBe(keys[0]);
  expect(await api.count(OWNER)).toBe(before + 1);
  forgive(complaints, /ERR_CONNECTION_FAILED/);
});

test('signing out everywhere ends the session on the other computer too', async ({ people }) => {
  const here = await people.page('thuly.cn');
  const there = await people.page('thuly.cn');
  for (const page of [here, there]) {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
  }
  const done = here.waitForResponse((r) => r.url().endsWith('/auth/logout'));
  await here.getByRole('button', { name: vi('account:signOutEverywhere') }).click();
  expect((await done).status()).toBe(204);
  await expect(here).toHaveURL(/\/sign-in/);
  // With its next question at the latest; it may have asked one by itself and be there already.
  const further = there.getByRole('link', { name: vi('common:nav.dossiers') });
  await expect(further.or(there.getByLabel(label('account:username')))).toBeVisible();
  await further.click({ timeout: 3000 }).catch((e: unknown) => {
    if (!/\/sign-in/.test(there.url())) throw e;
  });
  await expect(there).toHaveURL(/\/sign-in/);
  await expect(there.getByText('Phạm Thị Lan Anh')).toHaveCount(1); // Among the demo accounts only.
  await here.goBack();
  await expect(here).toHaveURL(/\/sign-in/);
});

test('a list changes by itself within three seconds when another officer hands a dossier over', async ({ people, api }) => {
  const dossier = await takeIn(api, { ward: 'ht', name: 'Tạ Bích Ngà', identity: '001195001111' });
  const page = await people.page('thuly.ht');
  const live = page.waitForResponse((r) => r.url().endsWith('/api/v1/live') && r.ok());
  await page.goto('/');
  await live;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
  await page.waitForLoadState('load');
  await expect(page.getByRole('link', { name: dossier.code ?? '' })).toHaveCount(0);
  await api.act('tiepnhan', dossier, 'handovers', { to: 'handler' });
  await expect(page.getByRole('link', { name: dossier.code ?? '' })).toBeVisible({ timeout: 3_000 });
});

test('an open dossier changes by itself when another officer acts on it', async ({ people, api }) => {
  const dossier = await bringTo(api, await takeIn(api, { ward: 'ht' }), 'processing', 'ht');
  const page = await people.page('tiepnhan');
  const live = page.waitForResponse((r) => r.url().endsWith('/api/v1/live') && r.ok());
  await page.goto(`/dossiers/${dossier.id}`);
  await live;
  await expect(page.getByText(vi('dossier:state.processing')).first()).toBeVisible();
  await bringTo(api, dossier, 'awaiting_signature', 'ht', 'processing');
  await expect(page.getByText(vi('dossier:subState.awaiting_signature')).first()).toBeVisible({ timeout: 3_000 });
});

test('changing the language turns the words of the server too', async ({ people, api }) => {
  const dossier = await bringTo(api, await takeIn(api), 'processing');
  const page = await people.page('lanhdao.thd');
  await page.goto(`/dossiers/${dossier.id}`);
  await page.getByText(vi('actions:whyNot')).click();
  const why = page.locator('details dd').first();
  const before = await why.textContent();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(why).not.toHaveText(before ?? '');
  await expect(why).not.toHaveText(/[ăâđêôơưạảấầẩẫậắằẳẵặ]/);
  await page.reload();
  await expect(page.locator('html'), 'the choice is remembered').toHaveAttribute('lang', 'en');
});
