import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { Api, PASSWORD } from './api.ts';
import type { Scene } from './scene.ts';

export { expect };

const need = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with \`npm test\``);
  return value;
};

export const baseUrl = () => need('MOTCUA_TEST_URL');
/** How far the server's clock was ahead of this machine's at the start. */
export const ahead = () => Number(need('MOTCUA_TEST_AHEAD'));
export const scene = () => JSON.parse(need('MOTCUA_TEST_SCENE')) as Scene;

export interface Visit {
  language?: 'vi' | 'en';
  width?: number;
  height?: number;
  /** Another server than the one of all tests. */
  at?: { url: string; ahead: number };
}

/**
 * Browsers that stay from test to test, one for each person, as on a counter's computer: their pages are in them already.
 * For tests that only look and leave nothing behind.
 */
export interface Regulars {
  /** A new tab in the browser in which `who` (nobody: a citizen) is signed in. */
  tab: (who?: string) => Promise<Page>;
}

/** Opens browsers as different people, and holds every page they see against the rules for all pages. */
export interface People {
  /** A browser in which `who` (nobody: a citizen) is signed in. */
  page: (who?: string, visit?: Visit) => Promise<Page>;
}

/** What went wrong on a page without the page showing it. */
type Complaints = string[];

/**
 * Watches a context: no request may leave for another host, no page may throw or log an error, nothing may
 * offend the content security policy. A refusal the API is meant to give is not an error of the page.
 */
function watch(context: BrowserContext, home: string, complaints: Complaints): void {
  const own = new URL(home).origin;
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== own) complaints.push(`request to ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const text = message.text();
    // The browser logs every 4xx answer; that the API refuses is part of the story.
    if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(text)) return;
    complaints.push(`console ${message.type()}: ${text} (${message.page()?.url()})`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
}

/** Lets the browser's clock show what the server's shows, as on a computer of the office. */
const shiftClock = (by: number) => {
  const Real = Date;
  globalThis.Date = new Proxy(Real, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [Real.now() + by], newTarget) as Date,
    apply: () => new Real(Real.now() + by).toString(),
    get: (target, key) => (key === 'now' ? () => Real.now() + by : (Reflect.get(target, key) as unknown)),
  });
};

/** What a test itself has broken is no complaint. */
export function forgive(complaints: Complaints, what: RegExp): void {
  complaints.splice(0, complaints.length, ...complaints.filter((c) => !what.test(c)));
}

async function open(browser: Browser, who: string | undefined, visit: Visit, complaints: Complaints) {
  const home = visit.at ?? { url: baseUrl(), ahead: ahead() };
  const context = await browser.newContext({
    baseURL: home.url,
    viewport: { width: visit.width ?? 1280, height: visit.height ?? 900 },
    locale: 'vi-VN',
    timezoneId: 'America/New_York',
    reducedMotion: 'reduce',
  });
  watch(context, home.url, complaints);
  await context.addInitScript(shiftClock, home.ahead);
  await context.addInitScript((language) => {
    // An empty tab has no storage, and neither has the viewer of documents.
    if (!/^https?:$/.test(location.protocol)) return;
    if (localStorage.getItem('motcua.language') === null) localStorage.setItem('motcua.language', language);
    addEventListener('securitypolicyviolation', (e) => {
      console.error(`Content Security Policy: ${e.violatedDirective} ${e.blockedURI}`);
    });
  }, visit.language ?? 'vi');
  if (who) {
    const response = await context.request.post('/api/v1/auth/login', {
      headers: { 'X-Motcua-Client': 'spa' },
      data: { username: who, password: PASSWORD },
    });
    expect(response.ok(), `${who} signs in`).toBe(true);
  }
  return context.newPage();
}

interface Staying {
  contexts: Map<string, BrowserContext>;
  complaints: Complaints;
}

export const test = base.extend<
  { people: People; regulars: Regulars; api: Api; complaints: Complaints },
  { staying: Staying }
>({
  complaints: async ({}, use) => {
    const complaints: Complaints = [];
    await use(complaints);
    expect(complaints, 'what went wrong in the background').toEqual([]);
  },
  staying: [
    async ({}, use) => {
      const contexts = new Map<string, BrowserContext>();
      await use({ contexts, complaints: [] });
      for (const context of contexts.values()) await context.close();
    },
    { scope: 'worker' },
  ],
  regulars: async ({ browser, staying, complaints }, use) => {
    const tabs: Page[] = [];
    await use({
      tab: async (who) => {
        const known = staying.contexts.get(who ?? '');
        const page = known ? await known.newPage() : await open(browser, who, {}, staying.complaints);
        staying.contexts.set(who ?? '', page.context());
        tabs.push(page);
        return page;
      },
    });
    for (const page of tabs) {
      await page.evaluate(() => localStorage.removeItem('motcua.language')).catch(() => undefined);
      await page.close();
    }
    complaints.push(...staying.complaints.splice(0));
  },
  people: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use({
      page: async (who, visit = {}) => {
        const page = await open(browser, who, visit, complaints);
        contexts.push(page.context());
        return page;
      },
    });
    for (const context of contexts) await context.close();
  },
  api: async ({}, use) => use(new Api(baseUrl())),
});
