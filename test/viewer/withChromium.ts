import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { findChromium } from '../editor/findChromium.js';

/** What a test has of the browser. */
export interface Chromium {
  /** Opens a page from disk, or the one at an address, and waits until its pictures are painted. */
  open(htmlOrUrl: string, options?: BrowserContextOptions): Promise<Page>;
  /** Addresses asked for by all pages so far, without the pictures inside them. */
  asked: string[];
  /** Errors of all pages so far. */
  problems: string[];
}

/** Tests that need a Chromium; skipped, and saying so, where there is none. No page may have had an error. */
export function withChromium(name: string, tests: (chromium: Chromium) => void): void {
  const executablePath = findChromium();
  if (!executablePath) console.warn(`skipped: no chromium or google-chrome on PATH for ${name}`);
  describe.skipIf(!executablePath)(`${name} (needs chromium or google-chrome on PATH)`, () => {
    let browser: Browser;
    const asked: string[] = [];
    const problems: string[] = [];
    const pages: Page[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: executablePath!,
        args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      });
    });
    afterAll(() => browser?.close());
    afterEach(async () => {
      for (const page of pages.splice(0)) await page.context().close();
      expect(problems).toEqual([]);
    });

    const open = async (htmlOrUrl: string, options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
      const page = await context.newPage();
      pages.push(page);
      page.setDefaultTimeout(10_000);
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) asked.push(request.url());
      });
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      let url = htmlOrUrl;
      if (!url.startsWith('http')) {
        const file = join(mkdtempSync(join(tmpdir(), 'viewer-')), 'report.html');
        writeFileSync(file, htmlOrUrl);
        url = pathToFileURL(file).href;
      }
      await page.goto(url);
      await painted(page);
      return page;
    };
    tests({ open, asked, problems });
  });
}

/** What the canvases show right now, once all of it is painted. */
export async function painted(page: Page): Promise<{
  mode: string;
  shown: string;
  selected: number;
  scale: number;
  left: number;
  top: number;
}> {
  // Two frames: one in which a key is heard, one in which it is painted.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await page.locator('#stage[data-pending="0"]').waitFor();
  const state: Record<string, string> = await page.evaluate(
    "({ ...document.getElementById('stage').dataset })",
  );
  const { mode, shown, selected, scale, left, top } = state;
  return {
    ...{ mode: mode!, shown: shown!, selected: Number(selected) },
    ...{ scale: Number(scale), left: Number(left), top: Number(top) },
  };
}

/** What axe finds wrong on a page as it stands, in words. */
export async function wrongOn(page: Page): Promise<string[]> {
  return page.evaluate(
    `${axe.source}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`,
  );
}
