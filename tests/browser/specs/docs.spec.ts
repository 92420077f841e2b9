import { picture } from '../support/checks.ts';
import { expect, test } from '../support/test.ts';

test('signing in on the page of the API authorises the page, and an operation then answers 200', async ({ people }) => {
  const page = await people.page();
  await page.goto('/docs');
  await expect(page).toHaveURL(/\/docs\/$/);

  const signIn = page.locator('[id$="-sign_in"]');
  await signIn.locator('.opblock-summary-control').click();
  await signIn.getByRole('button', { name: 'Execute' }).click();
  await expect(signIn.locator('.live-responses-table .response .response-col_status').first()).toContainText('200');
  await expect(page.locator('#signed-in')).toBeVisible();

  const list = page.locator('[id$="-list_dossiers"]');
  await list.locator('.opblock-summary-control').click();
  const asked = page.waitForRequest((r) => /\/api\/v1\/dossiers(\?|$)/.test(r.url()));
  await list.getByRole('button', { name: 'Execute' }).click();
  expect((await asked).headers().authorization).toMatch(/^Bearer ey/);
  await expect(list.locator('.live-responses-table .response .response-col_status').first()).toContainText('200');
  await expect(list.locator('.live-responses-table')).toContainText('H26.14.100-');
  await picture(page, 'docs-1280');
});

test('the page of error codes and the contract open from the page of the API', async ({ people }) => {
  const page = await people.page();
  await page.goto('/docs/');
  await page.getByRole('link', { name: 'bảng mã lỗi' }).click();
  await expect(page).toHaveURL(/\/docs\/errors$/);
  await expect(page.getByText('stale_version').or(page.getByText('version_conflict')).or(page.getByText('not_found')).first()).toBeVisible();
});
