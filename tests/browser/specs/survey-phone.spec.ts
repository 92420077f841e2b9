import type { Page } from '@playwright/test';
import { axeFindsNothing, fits, picture } from '../support/checks.ts';
import { takeIn } from '../support/scene.ts';
import { askedBySlip } from '../support/surveys.ts';
import { baseUrl, expect, test } from '../support/test.ts';

/** Without scripts axe cannot run in the page itself: it looks at what came, in a page that may. */
async function axeLooksAt(page: Page, looker: Page, name: string): Promise<void> {
  const html = await page.content();
  await looker.route('**/looked-at', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await looker.goto('/looked-at');
  await axeFindsNothing(looker, name);
  await fits(looker, name);
  await looker.unroute('**/looked-at');
  await picture(page, `${name}-vi-360`, { fullPage: true });
}

test('a slip’s code opens a page that a telephone without scripts answers, once', async ({ people, api, browser }) => {
  const path = await askedBySlip(api, await takeIn(api));
  const looker = await people.page(undefined, { width: 360, height: 740 });
  const context = await browser.newContext({
    baseURL: baseUrl(),
    javaScriptEnabled: false,
    locale: 'vi-VN',
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  let weight = 0;
  const asked: string[] = [];
  page.on('response', (response) => {
    asked.push(response.url());
    void response.body().then((body) => (weight += body.length), () => undefined);
  });
  const answer = await page.goto(path);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Phiếu lấy ý kiến/);
  await expect.poll(() => weight).toBeGreaterThan(0);
  expect(weight, 'bytes of the whole page').toBeLessThan(50_000);
  expect(asked.filter((url) => !url.includes('favicon')), 'nothing else is loaded').toHaveLength(1);
  await axeLooksAt(page, looker, 'phone-asked');

  // What is asked only after an answer is hidden until that is chosen.
  const what = page.getByRole('group', { name: /Khoản đó là gì/ });
  await expect(what).toBeHidden();
  const paid = page.getByRole('group', { name: /khoản tiền nào ngoài phí/ });

  await test.step('by keyboard alone', async () => {
    const reach = async (name: string) => {
      for (let i = 0; i < 80; i++) {
        if ((await page.evaluate(() => document.activeElement?.getAttribute('name'))) === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not lead to ${name}`);
    };
    await page.keyboard.press('Tab');
    await reach('result_time');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: 'Đúng hẹn', exact: true })).toBeChecked();
    await reach('attitude');
    await page.keyboard.press('Space');
    await reach('unofficial');
    await page.keyboard.press('ArrowDown');
    await expect(paid.getByRole('radio', { name: 'Có', exact: true })).toBeChecked();
    await expect(what).toBeVisible();
    await reach('unofficial_what');
    await page.keyboard.insertText('Tiền photo <b>');
    await picture(page, 'phone-branch-vi-360', { fullPage: true });
    // Chosen away again it is hidden, and what stood in it is not taken.
    await paid.getByRole('radio', { name: 'Không', exact: true }).press('Space');
    await expect(what).toBeHidden();
    await reach('overall');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Gửi ý kiến' }).press('Enter');
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cảm ơn Ông/Bà');
  await axeLooksAt(page, looker, 'phone-thanks');

  expect((await page.goto(path))?.status(), 'once').toBe(409);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đã nhận ý kiến');
  await axeLooksAt(page, looker, 'phone-again');
  expect((await page.goto('/s/AAAAAAAAAAAAAAAAAAAAAA'))?.status()).toBe(404);
  await axeLooksAt(page, looker, 'phone-unknown');
  await context.close();
});

test('the page for telephones is there in English, and tells what is missing without losing what was chosen', async ({
  people,
  api,
}) => {
  const path = await askedBySlip(api, await takeIn(api));
  const page = await people.page(undefined, { width: 360, height: 740 });
  await page.goto(path);
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your opinion on how your procedure was handled');
  await page.getByRole('group', { name: /All in all/ }).getByText('Satisfied', { exact: true }).click();
  // As a browser does that does not ask for what is required.
  await page.locator('form').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('alert')).toContainText('Please answer');
  await expect(page.getByRole('group', { name: /All in all/ }).getByRole('radio', { checked: true })).toHaveCount(1);
  await axeFindsNothing(page, 'phone, refused');
  await picture(page, 'phone-refused-en-360', { fullPage: true });
});
