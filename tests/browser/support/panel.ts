import type { Locator, Page } from '@playwright/test';
import { axeFindsNothing, Data, everything, fits, picture, speaks } from './checks.ts';
import { expect } from './test.ts';
import { vi } from './words.ts';

/** The card of what can be done with a dossier. */
export const panelOf = (page: Page): Locator => page.getByRole('region', { name: vi('actions:title') });

/** Opens the form of an action. */
export async function openForm(page: Page, action: string): Promise<Locator> {
  const panel = panelOf(page);
  await panel.getByRole('button', { name: vi(`actions:name.${action}`), exact: true }).click();
  return panel;
}

/** Sends the open form, and waits for the page to say that it is recorded. */
export async function sendForm(page: Page, action: string, send: string): Promise<void> {
  const panel = panelOf(page);
  await panel.getByRole('button', { name: vi(`actions:${send}`), exact: true }).last().click();
  await expect(panel.getByText(vi('actions:done', { action: vi(`actions:name.${action}`) }))).toBeVisible();
}

/** Opens an action of the dossier, fills what `fill` says, and sends it. */
export async function act(page: Page, action: string, send: string, fill?: () => Promise<void>): Promise<void> {
  await openForm(page, action);
  await fill?.();
  await sendForm(page, action, send);
}

/** Holds the page as it stands against the rules for every page: in both languages, wide and narrow. */
export async function lookAt(page: Page, data: Data, name: string): Promise<void> {
  const wide = { width: 1280, height: 900 };
  await data.quiet();
  for (const language of ['vi', 'en'] as const) {
    await page.getByRole('button', { name: language === 'vi' ? 'Tiếng Việt' : 'English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await data.quiet();
    for (const size of [{ width: 360, height: 740 }, wide]) {
      await page.setViewportSize(size);
      const where = `${name} in ${language} at ${size.width} px`;
      // The page itself is looked at in both languages by `every-page`; here it stands otherwise, not in other words.
      if (everything || (language === 'vi' && size.width < wide.width)) await axeFindsNothing(page, where);
      await fits(page, where);
      if (size.width === wide.width) await speaks(page, language, data, where);
      await picture(page, `${name}-${language}-${size.width}`, { fullPage: true });
    }
  }
  await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  await data.quiet();
}

/**
 * The same where the language cannot be changed: a dialog covers the switch, or what the server has refused stands there
 * in the words it was asked in.
 */
export async function lookAtAsItIs(page: Page, name: string): Promise<void> {
  for (const size of [{ width: 360, height: 740 }, { width: 1280, height: 900 }]) {
    await page.setViewportSize(size);
    if (everything || size.width === 360) await axeFindsNothing(page, `${name} at ${size.width} px`);
    await fits(page, `${name} at ${size.width} px`);
    await picture(page, `${name}-vi-${size.width}`);
  }
}
