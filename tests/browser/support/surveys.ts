import type { Page } from '@playwright/test';
import type { Api, Dossier } from './api.ts';
import { axeFindsNothing, fits, picture } from './checks.ts';
import { expect } from './test.ts';

interface Added {
  device: { id: string; name: string };
  secret: string;
  path: string;
}

/** A kiosk or tablet that was just added, with the address of its page. */
export const addDevice = (api: Api, kind: 'kiosk' | 'tablet', name: string): Promise<Added> =>
  api.call('admin', 'POST', '/survey-devices', { kind, name });

/** What the slip of a dossier asks with: the path of the page for telephones. */
export async function askedBySlip(api: Api, dossier: Dossier): Promise<string> {
  const slip = await api.call<{ survey_url: string; survey_qr_svg: string }>(
    'tiepnhan',
    'GET',
    `/dossiers/${dossier.id}/reception-slip`,
  );
  return new URL(slip.survey_url).pathname;
}

/** The screen as it stands, wide, as a telephone, and as one that is enlarged to twice its size. */
export async function lookAtScreen(page: Page, name: string): Promise<void> {
  const wide = { width: 1280, height: 800 };
  for (const [size, how] of [
    [{ width: 360, height: 740 }, '360'],
    [{ width: 640, height: 400 }, 'twice'],
    [wide, '1280'],
  ] as const) {
    await page.setViewportSize(size);
    await axeFindsNothing(page, `${name}, ${how}`);
    await fits(page, `${name}, ${how}`);
    await picture(page, `${name}-vi-${how}`, { fullPage: true });
  }
}

/** The screen as it stands, where it does not stand for long. */
export async function glance(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-vi-1280`);
  await axeFindsNothing(page, name);
}

/** Every control that a finger is to hit is at least so high. */
export async function canBeHit(page: Page, least = 64): Promise<void> {
  const small = await page.evaluate(
    (px) =>
      [...document.querySelectorAll('button, label')]
        .filter((el) => el.checkVisibility() && el.getBoundingClientRect().height < px - 0.5)
        .map((el) => `${el.textContent}: ${el.getBoundingClientRect().height}`),
    least,
  );
  expect.soft(small, 'too small for a finger').toEqual([]);
}
