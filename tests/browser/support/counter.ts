import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** What the scanner of the counter reads from a chip-based citizen card. */
export const CARD =
  '001084012345|011234567|Nguyễn Đức An|09031984|Nam|Số 5 Hàng Bài, Trần Hưng Đạo, Hoàn Kiếm, Hà Nội|10052021';
export const OWNER = 'Nguyễn Đức An';

/** The keyboard as a scanner uses it: the whole text at once, then Enter. */
export async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

/** What has the focus, as a screen reader would name it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const el = document.activeElement as HTMLElement | null;
    if (!el || el === document.body) return '';
    const label =
      el.getAttribute('aria-label') ??
      (el as HTMLInputElement).labels?.[0]?.textContent ??
      el.textContent ??
      '';
    return label.replace(/\s*\*$/, '').trim();
  });

/** Presses `key` until what has the focus is named like `name`. */
export async function goTo(page: Page, name: RegExp, key = 'Tab', most = 40): Promise<void> {
  for (let i = 0; i <= most; i++) {
    if (name.test(await focused(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${name}; it led to "${await focused(page)}"`);
}

/** At an open, empty counter: card, procedure, ward. The form is then ready for the papers. */
export async function fillTheCounter(page: Page, labels: { procedure: RegExp; ward: RegExp }): Promise<void> {
  // The page opens with the focus where the scanner types.
  await expect(page.locator('input:focus')).toBeVisible();
  await scan(page, CARD);
  await expect(page.locator('[name="owner.full_name"]')).toHaveValue(OWNER);
  await goTo(page, labels.procedure);
  await page.keyboard.type('tinh trang hon nhan');
  // Quicker than the answer: the counter must not lose a key.
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(labels.ward);
  await expect(page.getByRole('combobox', { name: labels.procedure })).toHaveValue(
    'Cấp Giấy xác nhận tình trạng hôn nhân',
  );
  await page.keyboard.press('ArrowDown');
  // The papers come with the procedure: whoever is quicker than they are passes them by.
  await expect(page.getByRole('checkbox', { name: /^Tờ khai/ }).first()).toBeVisible();
}
