import { ahead, expect, test } from '../support/test.ts';
import { vi } from '../support/words.ts';

// These set the clock of everybody on: they run after all the others (playwright.config.ts), one by one.
test.describe.configure({ mode: 'serial' });

test('the session is renewed in silence after the access token has run out', async ({ people, api }) => {
  const page = await people.page('giamdoc');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
  await api.forward(11, ahead());
  const renewed = page.waitForResponse((r) => r.url().endsWith('/auth/refresh') && r.ok());
  await page.getByRole('link', { name: vi('common:nav.dossiers') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:list.title'));
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await renewed;
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('signing out after a long pause ends the session at the server too', async ({ people, api }) => {
  const page = await people.page('thanhtra');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:work.title'));
  await api.forward(22, ahead());
  const answers: number[] = [];
  page.on('response', (r) => r.url().endsWith('/auth/logout') && answers.push(r.status()));
  await page.getByRole('button', { name: vi('account:signOut'), exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect.poll(() => answers).toEqual([401, 204]);
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
});
