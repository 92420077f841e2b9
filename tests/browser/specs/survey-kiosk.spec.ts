import type { Page } from '@playwright/test';
import { picture } from '../support/checks.ts';
import { focused } from '../support/counter.ts';
import { expect, forgive, test } from '../support/test.ts';
import { addDevice, canBeHit, glance, lookAtScreen } from '../support/surveys.ts';
import { english, vi } from '../support/words.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const ASKED = 'Hôm nay Ông/Bà được phục vụ thế nào?';
const WHY = 'Điều gì chưa tốt?';
/** So long a kiosk takes no second answer. */
const PAUSE_MS = 11_000;

test('whoever stands before a kiosk presses a face, says why, is thanked, and leaves nothing behind', async ({ people, api }) => {
  const kiosk = await addDevice(api, 'kiosk', 'Ki-ốt sảnh');
  const page = await people.page();
  // What is handed over, as it leaves the page.
  await page.addInitScript(() => {
    const sent: string[] = [];
    const real = window.fetch;
    window.fetch = async (input, init) => {
      if (input instanceof Request && input.url.endsWith('/answers')) sent.push(await input.clone().text());
      return real(input, init);
    };
    Object.assign(window, { sent });
  });
  await page.goto(kiosk.path);
  await expect(heading(page)).toHaveText(ASKED);
  await expect(page, 'the secret is not left where everybody reads it').toHaveURL(/\/kiosk\/survey$/);
  await expect(page).toHaveTitle(vi('common:documentTitle', { page: vi('kiosk:title') }));
  await expect(page.getByText('Ki-ốt sảnh')).toBeVisible();
  await lookAtScreen(page, 'kiosk-faces');
  await canBeHit(page);

  // Nothing pressed: told, and nothing lost.
  await page.getByRole('button', { name: vi('kiosk:send') }).click();
  await expect(page.getByRole('alert').filter({ hasText: vi('kiosk:lacking') })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Tốt', exact: true })).toBeFocused();

  // A good face asks nothing more; a bad one asks why.
  await page.getByText('Tốt', { exact: true }).click();
  await expect(page.getByText(vi('kiosk:progress', { now: '1', all: '1' }))).toBeVisible();
  await page.getByText('Chưa tốt', { exact: true }).click();
  await expect(page.getByText(vi('kiosk:progress', { now: '1', all: '2' }))).toBeVisible();
  await page.getByRole('button', { name: vi('kiosk:next') }).click();
  await expect(heading(page)).toHaveText(WHY);
  await expect(heading(page), 'reading goes on at the question').toBeFocused();
  await page.getByText('Phải chờ lâu').click();
  await page.getByText('Hướng dẫn chưa rõ').click();
  await lookAtScreen(page, 'kiosk-reasons');
  await canBeHit(page);
  await page.getByRole('button', { name: vi('kiosk:back') }).click();
  await expect(page.getByRole('radio', { name: 'Chưa tốt' })).toBeChecked();
  await page.getByRole('button', { name: vi('kiosk:next') }).click();
  await expect(page.getByRole('checkbox', { name: 'Phải chờ lâu' })).toBeChecked();

  await page.getByRole('button', { name: vi('kiosk:send') }).click();
  await expect(heading(page)).toHaveText(vi('kiosk:end.thanks.title'));
  await glance(page, 'kiosk-thanks');
  const sent = await page.evaluate(() => (window as unknown as { sent: string[] }).sent);
  expect(sent.map((body) => (JSON.parse(body) as { answers: unknown }).answers)).toEqual([
    [
      { question: 'overall', choices: ['bad'] },
      { question: 'reasons', choices: ['wait', 'unclear'] },
    ],
  ]);

  // After six seconds the next person finds an untouched form, and no way back to the last one's.
  await expect(heading(page)).toHaveText(ASKED);
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.goBack().catch(() => null);
  if (page.url().includes('/kiosk/survey')) await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('a kiosk is answered by keyboard alone, in English too, and speaks Vietnamese again to the next', async ({ people, api }) => {
  const kiosk = await addDevice(api, 'kiosk', 'Ki-ốt bàn phím');
  const page = await people.page(undefined, { width: 640, height: 400 });
  await page.goto(kiosk.path);
  await expect(heading(page)).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  expect(await focused(page)).toBe('English');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('How were you served today?');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await lookAtScreen(page, 'kiosk-english');
  await page.getByRole('button', { name: 'English' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Well' })).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'All right' })).toBeChecked();
  // Enter goes on from where one is.
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('What was not good?');
  await expect(heading(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox').first()).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText(english.get('kiosk:end.thanks.title') ?? '');
  await expect(heading(page)).toBeFocused();
  await expect(heading(page)).toHaveText(ASKED);
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
});

test('who goes away in the middle is waited for, warned, and forgotten', async ({ people, api }) => {
  const kiosk = await addDevice(api, 'kiosk', 'Ki-ốt chờ');
  const page = await people.page();
  await page.clock.install();
  await page.goto(kiosk.path);
  await expect(heading(page)).toHaveText(ASKED);
  // Nobody has begun: nobody can have gone.
  await page.clock.runFor(60_000);
  await expect(page.getByText(vi('kiosk:idle.soon'))).toHaveCount(0);

  await page.getByText('Chưa tốt', { exact: true }).click();
  await page.getByRole('button', { name: vi('kiosk:next') }).click();
  await page.getByText('Phải chờ lâu').click();
  await page.clock.runFor(30_000);
  await expect(page.getByText(vi('kiosk:idle.soon'))).toHaveCount(0);
  await page.clock.runFor(6_000);
  await expect(page.getByText(vi('kiosk:idle.soon'))).toBeVisible();
  await expect(page.getByRole('alert').locator('strong')).toHaveText(/^[5-9]$/);
  await glance(page, 'kiosk-idle');

  // Whoever is still there says so, and goes on where they were.
  await page.getByRole('button', { name: vi('kiosk:idle.stay') }).click();
  await expect(page.getByText(vi('kiosk:idle.soon'))).toHaveCount(0);
  await expect(heading(page)).toBeFocused();
  await expect(page.getByRole('checkbox', { name: 'Phải chờ lâu' })).toBeChecked();

  await page.clock.runFor(46_000);
  await expect(heading(page)).toHaveText(ASKED);
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.getByText('Chưa tốt', { exact: true }).click();
  await page.getByRole('button', { name: vi('kiosk:next') }).click();
  await expect(page.getByRole('checkbox', { checked: true }), 'nothing of who was before').toHaveCount(0);
});

test('a kiosk that is pressed too quickly, or has lost its line, says so calmly and sends by itself', async ({ people, api, complaints }) => {
  const kiosk = await addDevice(api, 'kiosk', 'Ki-ốt đông người');
  const page = await people.page();
  await page.goto(kiosk.path);
  const press = async () => {
    await expect(heading(page)).toHaveText(ASKED);
    await page.getByText('Tốt', { exact: true }).click();
    await page.getByRole('button', { name: vi('kiosk:send') }).click();
  };
  await press();
  await expect(heading(page)).toHaveText(vi('kiosk:end.thanks.title'));
  await press();
  await expect(heading(page)).toHaveText(vi('kiosk:later.busy'));
  await picture(page, 'kiosk-busy-vi-1280');
  await expect(heading(page)).toHaveText(vi('kiosk:end.thanks.title'));
  await expect(heading(page)).toHaveText(ASKED);

  await page.waitForTimeout(PAUSE_MS - 6_000);
  await page.context().setOffline(true);
  await press();
  await expect(heading(page)).toHaveText(vi('kiosk:later.offline'));
  await lookAtScreen(page, 'kiosk-offline');
  await page.context().setOffline(false);
  await expect(heading(page)).toHaveText(vi('kiosk:end.thanks.title'));
  forgive(complaints, /ERR_INTERNET_DISCONNECTED/);
});

test('a device that is not known says whom to ask', async ({ people, api }) => {
  const page = await people.page();
  await page.goto('/kiosk/survey');
  await expect(heading(page)).toHaveText(vi('kiosk:unknown.title'));
  await expect(page.getByText(vi('kiosk:unknown.noAddress'))).toBeVisible();
  await page.goto('/kiosk/survey#00000000000000000000000000000000');
  await expect(page.getByText(vi('kiosk:unknown.text'))).toBeVisible();
  await lookAtScreen(page, 'kiosk-unknown');

  const kiosk = await addDevice(api, 'kiosk', 'Ki-ốt hỏng');
  await page.goto('about:blank');
  await page.goto(kiosk.path);
  await expect(heading(page)).toHaveText(ASKED);
  await api.call('admin', 'POST', `/survey-devices/${kiosk.device.id}/endings`);
  await page.reload();
  await expect(page.getByText(vi('kiosk:unknown.text'))).toBeVisible();
});

test('a kiosk reads aloud where the browser has a voice of the language, and has no such button elsewhere', async ({ people, api }) => {
  const kiosk = await addDevice(api, 'kiosk', 'Ki-ốt có tiếng');
  const page = await people.page();
  await page.goto(kiosk.path);
  await expect(heading(page)).toHaveText(ASKED);
  await expect(page.getByRole('button', { name: vi('kiosk:read') }), 'this browser has no voice').toHaveCount(0);

  const speaking = await people.page();
  await speaking.addInitScript(() => {
    const said: string[] = [];
    const voice = { lang: 'vi-VN', name: 'Linh' };
    class Utterance {
      lang = '';
      voice: unknown = null;
      onend: (() => void) | null = null;
      onerror: (() => void) | null = null;
      constructor(readonly text: string) {}
    }
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => [voice],
      cancel: () => undefined,
      speak: (u: Utterance) => said.push(`${u.lang}: ${u.text}`),
    });
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
    Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
    Object.assign(window, { said });
  });
  await speaking.goto(kiosk.path);
  await speaking.getByRole('button', { name: vi('kiosk:read') }).press('Enter');
  await expect(speaking.getByRole('button', { name: vi('kiosk:readStop') })).toHaveAttribute('aria-pressed', 'true');
  expect(await speaking.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([
    `vi-VN: ${ASKED}. Tốt. Bình thường. Chưa tốt`,
  ]);
  await lookAtScreen(speaking, 'kiosk-voice');
  await speaking.getByRole('button', { name: 'English' }).click();
  await expect(speaking.getByRole('button', { name: english.get('kiosk:read') ?? '-' }), 'no voice of that language').toHaveCount(0);
});
