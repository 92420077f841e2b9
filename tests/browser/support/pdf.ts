import type { Page } from '@playwright/test';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect } from './test.ts';

/** The words of a PDF, as somebody else's reader (pdf.js) finds them: each run of space is one space. */
export async function wordsOf(pdf: Buffer): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''));
  }
  await document.destroy();
  return pages.join('\n').normalize('NFC').replace(/\s+/g, ' ');
}

/**
 * Presses Enter on what has the focus; where the document that then opens in a tab of its own was asked for. The
 * browser's own viewer has it and tells no test what it shows.
 */
export async function openedByEnter(page: Page): Promise<string> {
  const asked = page.waitForRequest((r) => new URL(r.url()).pathname.endsWith('/document.pdf'));
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('Enter');
  const { pathname, search } = new URL((await asked).url());
  const shown = await opened;
  await expect.poll(() => shown.url()).toMatch(/^blob:/);
  await shown.close();
  return (pathname + search).replace('/api/v1', '');
}
