import type { Page } from '@playwright/test';
import { fits, picture, settle } from '../support/checks.ts';
import { focused, goTo } from '../support/counter.ts';
import { expect, scene, test } from '../support/test.ts';
import { label, vi } from '../support/words.ts';

test('before everything else stands a link to the content, and Enter on it goes there', async ({ people }) => {
  for (const [who, path] of [
    ['tiepnhan', '/dossiers'],
    [undefined, '/tra-cuu'],
  ] as const) {
    const page = await people.page(who);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const skip = page.getByRole('link', { name: vi('common:skip') });
    expect(await page.locator('a, button, input').first().textContent()).toBe(vi('common:skip'));
    await expect(skip).not.toBeInViewport();
    await goTo(page, label('common:skip'), 'Shift+Tab');
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  }
});

/** Whether what has the focus looks different from when it has not. */
const focusShows = (page: Page) =>
  page.evaluate(async () => {
    const el = document.activeElement as HTMLElement | null;
    if (!el || el === document.body) return true;
    const looks = () =>
      [el, el.parentElement, el.nextElementSibling]
        .map((e) => {
          if (!e) return '';
          const s = getComputedStyle(e);
          return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.top].join();
        })
        .join('|');
    const moved = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
    await moved();
    const shown = looks();
    el.blur();
    // Even the shortest transition begins with how it was.
    await moved();
    const hidden = looks();
    el.focus({ preventScroll: true });
    return shown !== hidden;
  });

test('wherever Tab leads, one sees it', async ({ people }) => {
  const { dossiers } = scene();
  for (const [who, path] of [
    ['tiepnhan', '/intake'],
    ['thuly.thd', `/dossiers/${dossiers.processing.id}`],
    [undefined, '/sign-in'],
  ] as const) {
    const page = await people.page(who);
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await settle(page);
    const unseen: string[] = [];
    for (let i = 0; i < 14; i++) {
      await page.keyboard.press('Tab');
      if (!(await focusShows(page)))
        unseen.push(`${await focused(page)}: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))}`);
    }
    expect(unseen, path).toEqual([]);
  }
});

test('a dialog keeps the focus while it is open, and gives it back', async ({ people }) => {
  const page = await people.page('lanhdao.thd');
  await page.goto('/approvals');
  const code = scene().dossiers.awaiting_signature.code ?? '';
  const opener = page.getByRole('button', { name: vi('dossier:approvals.refuseOf', { code }) });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('textbox')).toBeFocused();
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press(i < 5 ? 'Tab' : 'Shift+Tab');
    expect(await dialog.evaluate((el) => el.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('the arrows walk through the approvals, and Enter opens one', async ({ people }) => {
  const page = await people.page('lanhdao.thd');
  await page.goto('/approvals');
  const rows = page.locator('[data-row]');
  await rows.first().focus();
  if ((await rows.count()) > 1) {
    await page.keyboard.press('ArrowDown');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowUp');
  }
  const code = await rows.first().textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(code ?? '');
});

test('at 200 % zoom every primary control is whole and within the screen', async ({ people }) => {
  const { dossiers } = scene();
  for (const [who, path, control] of [
    [undefined, '/sign-in', vi('account:signIn.send')],
    [undefined, '/tra-cuu', vi('open:lookup.send')],
    ['tiepnhan', '/intake', vi('intake:send.accept')],
    ['tiepnhan', '/', vi('dossier:workList.toHandOver')],
    ['thuly.thd', `/dossiers/${dossiers.processing.id}`, vi('actions:name.supplement-requests')],
    ['lanhdao.thd', '/approvals', vi('dossier:approvals.grantOf', { code: dossiers.awaiting_signature.code ?? '' })],
    ['lanhdao.thd', '/deadlines', vi('watch:wall.open')],
    ['traketqua', '/hand-back', vi('dossier:handBack.find')],
    ['tiepnhan', '/register', vi('register:out.print')],
    ['tiepnhan', '/handover-sheet', vi('handover:print')],
    ['tiepnhan', `/dossiers/${dossiers.accepted.id}/slip`, vi('slip:print')],
  ] as const) {
    // 1280 × 900 at 200 %.
    const page = await people.page(who, { width: 640, height: 450 });
    await page.goto(path);
    const button = page.getByRole('button', { name: control }).first();
    // To the middle: a page scrolls by whole pixels, so at its edge a fraction of one may be cut off.
    await button.evaluate((el) => el.scrollIntoView({ block: 'center' }));
    await expect(button).toBeInViewport({ ratio: 1 });
    await fits(page, `${path} at 640 px`);
  }
});

test('on a small screen the menu opens, leads on and closes again', async ({ people }) => {
  const page = await people.page('tiepnhan', { width: 360, height: 740 });
  await page.goto('/');
  const menu = page.getByRole('button', { name: vi('common:nav.menu') });
  await expect(menu).toHaveAttribute('aria-expanded', 'false');
  await menu.press('Enter');
  await expect(menu).toHaveAttribute('aria-expanded', 'true');
  await picture(page, 'menu-vi-360');
  await fits(page, 'menu at 360 px');
  await page.getByRole('link', { name: vi('common:nav.dossiers') }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(vi('dossier:list.title'));
  await expect(menu).toHaveAttribute('aria-expanded', 'false');
});
