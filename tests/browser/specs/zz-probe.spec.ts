import { test, expect } from '../support/test.ts';
test('probe', async ({ people }) => {
  const page = await people.page('thungan');
  await page.goto('/till');
  const f = page.locator('[name=code]');
  await f.fill('H26.1');
  await f.press('Enter');
  await page.waitForTimeout(1500);
  console.log('PROBE', page.url());
  expect(1).toBe(1);
});
