import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Api, Dossier } from '../support/api.ts';
import { Data } from '../support/checks.ts';
import { goTo } from '../support/counter.ts';
import { test } from '../support/office.ts';
import { lookAt } from '../support/panel.ts';
import { openedByEnter, wordsOf } from '../support/pdf.ts';
import { LONG_NAME, takeIn } from '../support/scene.ts';
import { expect } from '../support/test.ts';
import { vi } from '../support/words.ts';

const WARD = 'Ủy ban nhân dân phường Trần Hưng Đạo';
const PERSON = { name: LONG_NAME, identity: '001190007007' };

/** The number a dossier was received under, the newest where the slip was issued anew. */
async function numberOf(api: Api, { id }: Dossier): Promise<number> {
  const { letters } = await api.call<{ letters: { form: string; number: number }[] }>('tiepnhan', 'GET', `/dossiers/${id}`);
  return letters.filter((l) => l.form === '01').at(-1)?.number ?? 0;
}

const rowsOf = (page: Page, number: number) =>
  page.getByRole('row').filter({ has: page.getByRole('cell', { name: String(number), exact: true }) });

test('the register tells what was received under which number, and is taken out by keyboard', async ({ people, api }) => {
  test.setTimeout(150_000);
  const visit = randomUUID();
  const first = await takeIn(api, { ...PERSON, visit });
  const second = await takeIn(api, { ...PERSON, visit, procedure: '1.004845', components: ['to_khai', 'giay_to_cham_dut'] });
  const number = await numberOf(api, first);
  expect(await numberOf(api, second), 'both stand on one slip').toBe(number);
  const mistyped = await takeIn(api, { name: 'Lê Thị Mai Hươg', identity: '001188004466' });
  const before = await numberOf(api, mistyped);
  const amended = await api.act('tiepnhan', mistyped, 'amendments', {
    owner: { kind: 'citizen', full_name: 'Lê Thị Mai Hương', identity_number: '001188004466', phone: '0912345678' },
    reason: 'Gõ thiếu dấu, đã đối chiếu thẻ căn cước.',
  });
  const after = await numberOf(api, amended);

  const page = await people.page('tiepnhan');
  const data = new Data(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await goTo(page, new RegExp(`^${vi('common:nav.register')}$`), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('register:title'));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const ward = page.locator('[name=authority]');
  await ward.selectOption({ label: 'Ủy ban nhân dân phường Cửa Nam' });
  await expect(page).toHaveURL(/authority=/);
  await ward.selectOption({ label: WARD });

  await test.step('a row for each dossier, with one number for those on one slip', async () => {
    await expect(rowsOf(page, number)).toHaveCount(2);
    for (const dossier of [first, second]) {
      const row = rowsOf(page, number).filter({ hasText: dossier.code ?? '' });
      await expect(row).toContainText(LONG_NAME);
      await expect(row).toContainText('02/03/2026');
      // Whole only on the slip and where it is taken out.
      await expect(row).not.toContainText('0912345678');
    }
    await expect(rowsOf(page, after)).toContainText(vi('register:insteadOf', { number: String(before) }));
    await lookAt(page, data, 'register-of-a-ward');
  });

  await test.step('numbers that cannot be are told, and not sent', async () => {
    await page.locator('[name=from]').fill(String(number));
    await page.locator('[name=to]').fill(String(number + 1000));
    await page.keyboard.press('Tab');
    await expect(page.locator('[name=to]')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText(vi('register:out.range', { least: String(number), most: String(number + 999) }))).toBeVisible();
    await expect(page.getByRole('button', { name: vi('register:out.print') })).toBeDisabled();
    await lookAt(page, data, 'register-numbers');
  });

  await test.step('it is taken out on paper and as a workbook', async () => {
    const last = page.locator('[name=to]');
    await last.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(String(number));
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: vi('register:out.print') })).toBeFocused();
    const path = await openedByEnter(page);
    expect(path).toMatch(new RegExp(`^/dossier-register/document\\.pdf\\?.*year=2026&from=${number}&to=${number}$`));
    const words = (await wordsOf(await api.file('tiepnhan', path))).replaceAll(' ', '');
    for (const { code } of [first, second]) expect(words).toContain(code);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: vi('register:out.workbook') })).toBeFocused();
    const workbook = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await workbook).suggestedFilename()).toBe(`so-theo-doi-ho-so-2026-${number}.xlsx`);
  });

  await test.step('a code leads to its dossier', async () => {
    await goTo(page, new RegExp(`^${(second.code ?? '').replaceAll('.', '\\.')}$`), 'Tab', 120);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(second.code ?? '');
  });
});

test('a long register is read page by page', async ({ office, people }) => {
  test.setTimeout(120_000);
  // One more than a page has.
  for (let n = 0; n <= 50; n++) await takeIn(office.api);
  const page = await people.page('giamdoc', { at: office });
  await page.goto('/register');
  const greatest = page.locator('tbody strong').first();
  await expect(greatest).toBeVisible();
  const number = async () => Number(await greatest.textContent());
  const top = await number();
  await page.getByRole('button', { name: vi('common:nextPage') }).press('Enter');
  await expect(page).toHaveURL(/cursor=/);
  await expect.poll(number).toBeLessThan(top);
  await page.getByRole('button', { name: vi('common:previousPage') }).press('Enter');
  await expect.poll(number).toBe(top);
});
