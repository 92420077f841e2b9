import { picture } from '../support/checks.ts';
import { expect, test } from '../support/test.ts';

/** How long one press on the page may take, in milliseconds. */
const PRESS = 120_000;

test('signing in on the page of the API authorises the page, and an operation then answers 200', async ({ people }) => {
  test.setTimeout(600_000);
  const page = await people.page();
  // Swagger UI goes through the whole contract for each press: half a minute on two busy cores (docs/next.md).
  page.setDefaultTimeout(PRESS);
  await page.goto('/docs');
  await expect(page).toHaveURL(/\/docs\/$/);

  const signIn = page.locator('[id$="-sign_in"]');
  await signIn.locator('.opblock-summary-control').click();
  await signIn.getByRole('button', { name: 'Execute' }).click();
  await expect(signIn.locator('.live-responses-table .response .response-col_status').first()).toContainText('200', { timeout: PRESS });
  await expect(page.locator('#signed-in')).toBeVisible({ timeout: PRESS });

  const list = page.locator('[id$="-list_dossiers"]');
  await list.locator('.opblock-summary-control').click();
  const asked = page.waitForRequest((r) => /\/api\/v1\/dossiers(\?|$)/.test(r.url()));
  await list.getByRole('button', { name: 'Execute' }).click();
  expect((await asked).headers().authorization).toMatch(/^Bearer ey/);
  await expect(list.locator('.live-responses-table .response .response-col_status').first()).toContainText('200', { timeout: PRESS });
  await expect(list.locator('.live-responses-table')).toContainText('H26.14.100-', { timeout: PRESS });
  await picture(page, 'docs-1280');
});

test('the page of error codes and the contract open from the page of the API', async ({ people }) => {
  test.setTimeout(300_000);
  const page = await people.page();
  page.setDefaultTimeout(PRESS);
  await page.goto('/docs/');
  await page.getByRole('link', { name: 'bảng mã lỗi' }).click();
  await expect(page).toHaveURL(/\/docs\/errors$/);
  await expect(page.getByText('stale_version').or(page.getByText('version_conflict')).or(page.getByText('not_found')).first()).toBeVisible();
});
