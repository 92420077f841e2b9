import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page, Request, Response } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect } from './test.ts';
import { english, vietnamese } from './words.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Until nothing moves: half-faded text has no contrast yet. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity),
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/**
 * Keeps a picture of the page, to be looked at by a person, where pictures were asked for (`MOTCUA_TEST_PICTURES=1`): no
 * test looks at them, and a tall page takes longer to draw than to check. `name` has no ending.
 */
export async function picture(page: Page, name: string, how: { fullPage?: boolean } = {}): Promise<void> {
  if (process.env.MOTCUA_TEST_PICTURES) await page.screenshot({ path: `results/screens/${name}.png`, ...how });
}

/** Whether everything is looked at that can be: `make prove`. */
export const everything = Boolean(process.env.MOTCUA_PROVE);

/**
 * Which pairs of language and width axe looks at: each language and each width once, all four with `make prove`. What axe
 * finds depends on the words or on the room they have, and looking is a third of all that the tests in the browser do.
 */
export const axeLooksAt = (language: 'vi' | 'en', width: number): boolean =>
  everything || (language === 'vi') === (width < 1000);

/**
 * Runs every rule of axe on the page as it stands. Contrast is two thirds of its work: where the page was held against it
 * in another language already, `colours` are left out.
 */
export async function axeFindsNothing(page: Page, where: string, how: { colours?: boolean } = {}): Promise<void> {
  await settle(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const found = await page.evaluate(async (colours) => {
    const { axe } = globalThis as unknown as { axe: { run: (what: Document, how: object) => Promise<AxeResults> } };
    const rules = { 'color-contrast': { enabled: colours } };
    const result = await axe.run(document, { resultTypes: ['violations'], rules });
    return result.violations.flatMap((v) =>
      v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}\n    ${n.html.slice(0, 200)}\n    ${n.failureSummary ?? ''}`),
    );
  }, how.colours ?? true);
  expect.soft(found, `axe, ${where}`).toEqual([]);
}

/** Nothing is wider than the screen, no words of a control are cut off, and controls can be hit. */
export async function fits(page: Page, where: string): Promise<void> {
  await settle(page);
  const found = await page.evaluate(() => {
    const bad: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) bad.push(`page is ${root.scrollWidth}px in ${root.clientWidth}px`);
    const name = (el: Element) => `${el.tagName.toLowerCase()} "${(el.textContent ?? '').trim().slice(0, 60)}"`;
    const shown = (el: Element) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const clips = (el: Element) => /hidden|clip/.test(getComputedStyle(el).overflowX);
    const scrolls = (el: Element | null): boolean =>
      el !== null && (/auto|scroll/.test(getComputedStyle(el).overflowX) || scrolls(el.parentElement));
    for (const el of document.querySelectorAll('a, button, h1, h2, h3, label, summary, input, select, p, dd, li')) {
      if (!shown(el) || el.closest('.sr-only')) continue;
      const box = el.getBoundingClientRect();
      if (box.width === 0 || (box.left < 0 && box.bottom < 0)) continue;
      if (box.right > root.clientWidth + 1 && !scrolls(el)) bad.push(`beyond the edge: ${name(el)}`);
      const isField = el.matches('input, select');
      if (!isField && clips(el) && el.scrollWidth > el.clientWidth + 1) bad.push(`cut off: ${name(el)}`);
      for (const inner of el.matches('button') ? el.querySelectorAll('span') : [])
        if (clips(inner) && inner.scrollWidth > inner.clientWidth + 1) bad.push(`cut off: ${name(el)}`);
      // WCAG 2.2, 2.5.8: 24 px, but for links in running text.
      if (el.matches('button') && (box.height < 24 || box.width < 24)) bad.push(`too small: ${name(el)}`);
    }
    return [...new Set(bad)];
  });
  expect.soft(found, `layout, ${where}`).toEqual([]);
}

const keys = new Set([...vietnamese.keys()].flatMap((k) => [k, k.slice(k.indexOf(':') + 1)]).filter((k) => k.includes('.')));
/** English words that may stand on a Vietnamese page only as what they are. */
const englishOnly = new Set(
  [...english].filter(([k, v]) => vietnamese.get(k) !== v && !v.includes('{{') && v.length > 3).map(([, v]) => v),
);
for (const word of vietnamese.values()) englishOnly.delete(word);

/** The sign of the currency, alone or behind an amount: the same in every language. */
const DONG = /(?<=^|\d\s)đ(?=\s|$)/g;
const MARKED = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i;

/** How long the body of an answer may take once its head has come, in milliseconds: all of it is a few packets of this machine. */
const UNREAD = 3000;

/** What the server wrote as data (names, titles of procedures): the same in every language. */
export class Data {
  private readonly strings = new Set<string>();
  private readonly reading: Promise<void>[] = [];
  /** Asked since this began to look; what was under way before is none of its business. */
  private readonly open = new Set<Request>();

  constructor(private readonly page: Page) {
    const ours = (url: string) => /\/api\/v1\/(?!live)/.test(url);
    // A picture says nothing in words, and one that is in memory already is asked for without being answered.
    page.on('request', (r) => ours(r.url()) && r.resourceType() !== 'image' && this.open.add(r));
    page.on('requestfinished', (r) => this.open.delete(r));
    page.on('requestfailed', (r) => this.open.delete(r));
    page.on('response', (response) => {
      if (!ours(response.url())) return;
      this.reading.push(this.read(response));
      // An answer that the page does not read to its end (a refusal whose status says enough) may never be told as finished.
      setTimeout(() => this.open.delete(response.request()), UNREAD);
    });
  }

  /** Until every question has been answered for a moment. */
  async quiet(): Promise<void> {
    let still = 0;
    const asked = () => [...this.open].map((r) => `${r.method()} ${r.url()}`).join(', ');
    await expect
      .poll(async () => {
        await this.page.waitForTimeout(30);
        still = this.open.size === 0 ? still + 1 : 0;
        return still;
      }, { intervals: [20] })
      .toBeGreaterThan(2)
      .catch((e: unknown) => {
        throw new Error(`not answered: ${asked()}`, { cause: e });
      });
  }

  private async read(response: Response): Promise<void> {
    const unread = new Promise<null>((over) => setTimeout(() => over(null), UNREAD));
    const body: unknown = await Promise.race([response.json().catch(() => null), unread]);
    this.add(body, '', '');
  }

  private add(value: unknown, key: string, parent: string): void {
    if (typeof value === 'string') {
      // These are the server's own words, in the language that was asked for: not data.
      const spoken =
        key === 'state_label' ||
        (key === 'reason' && parent === 'blocked_actions') ||
        (key === 'text' && parent === 'explanation') ||
        (key === 'label' && parent === 'steps') ||
        (key === 'detail' && (parent === 'errors' || parent === 'warnings' || parent === ''));
      if (!spoken && MARKED.test(value)) this.strings.add(value.normalize('NFC'));
    } else if (Array.isArray(value)) {
      for (const item of value) this.add(item, key, key);
    } else if (value && typeof value === 'object') {
      for (const [k, v] of Object.entries(value)) this.add(v, k, Array.isArray(v) ? k : parent || '');
    }
  }

  /** `text` without what is data in it. */
  async without(text: string): Promise<string> {
    await Promise.all(this.reading);
    let rest = text.normalize('NFC');
    for (const s of [...this.strings].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(s, '');
    return rest;
  }
}

/** Every text one can see or hear on the page, but for parts that say they are in another language. */
const visibleTexts = (page: Page, language: string) =>
  page.evaluate((lang) => {
    const out = new Set<string>();
    const ours = (el: Element | null) => el?.closest('[lang]')?.getAttribute('lang') === lang;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const el = node.parentElement;
      const text = node.textContent?.trim();
      // What stands in a field was typed, or is what the server keeps: no words of the page's.
      if (!text || !el || el.matches('textarea') || !ours(el)) continue;
      if (!el.checkVisibility({ visibilityProperty: true })) continue;
      out.add(text);
    }
    for (const el of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
      if (!ours(el) || !el.checkVisibility()) continue;
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
        const text = el.getAttribute(name)?.trim();
        if (text) out.add(text);
      }
    }
    return [...out];
  }, language);

/** The page speaks one language, names it, and has a title. */
export async function speaks(page: Page, language: 'vi' | 'en', data: Data, where: string): Promise<void> {
  await expect.soft(page.locator('html'), where).toHaveAttribute('lang', language);
  const all = [...(await visibleTexts(page, language)), await page.title()];
  const bad: string[] = [];
  for (const text of all) {
    if (keys.has(text)) bad.push(`untranslated key: ${text}`);
    if (/^[a-z]+_[a-z_]+$/.test(text)) bad.push(`a code instead of words: ${text}`);
    if (/\{\{|\}\}|\bundefined\b|\bNaN\b|\[object/.test(text)) bad.push(`not filled in: ${text}`);
    if (language === 'vi' && englishOnly.has(text)) bad.push(`English: ${text}`);
    const words = text.replace(DONG, '');
    if (language === 'en' && MARKED.test(words) && MARKED.test(await data.without(words)))
      bad.push(`Vietnamese: ${text}`);
  }
  expect.soft(bad, `words, ${where}`).toEqual([]);
  await expect.soft(page, where).toHaveTitle(language === 'vi' ? /.+ · Một cửa$/ : /.+ · Motcua$/);
}
