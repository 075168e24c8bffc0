import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readLedger } from '../../src/decisions/index.js';
import { axeViolations, chromiumOrSay, launch, watchedPage } from './chromium.js';
import { fakeBatch, folderOf, PHOTOS } from './fakeBatch.js';

const executablePath = chromiumOrSay();

describe.skipIf(!executablePath)('a review in a browser (needs chromium on PATH)', () => {
  let browser: Browser;
  let server: ChildProcess | null = null;
  let errors = '';

  afterEach(() => {
    server?.kill('SIGKILL');
    server = null;
  });
  afterAll(() => browser?.close());

  /** The command as it is used, in a process that can be killed. */
  async function review(output: string): Promise<string> {
    errors = '';
    const child = spawn(
      process.execPath,
      ['dist/cli/main.js', 'review', output, '--by', 'kim', '--no-open'],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    server = child;
    child.stderr.on('data', (text) => {
      errors += text;
    });
    return new Promise((resolve, reject) => {
      child.stdout.once('data', (text) => resolve(String(text).trim()));
      child.once('exit', (code) => reject(new Error(`review ended with ${code}: ${errors}`)));
    });
  }

  /** What a report page does when a decision is made in it. */
  function decideIn(page: Page, finding: string, decision: string): Promise<number> {
    return page.evaluate(
      async ([finding, decision]) => {
        const { document, fetch } = globalThis as unknown as {
          document: { getElementById(id: string): { textContent: string } };
          fetch(url: string, init: object): Promise<{ status: number }>;
        };
        const { base, token, result } = JSON.parse(document.getElementById('review').textContent);
        const { status } = await fetch(`${base}api/decisions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-boardiff-token': token },
          body: JSON.stringify({ result, finding, decision, note: null, box: null }),
        });
        return status;
      },
      [finding, decision] as const,
    );
  }

  it('loses nothing when the browser is killed and when the server is', async () => {
    const output = await fakeBatch(PHOTOS);
    browser = await launch(executablePath!);
    const url = await review(output);
    let { page, asked, problems } = await watchedPage(browser);
    await page.goto(url);
    expect(await page.locator('.row .state').allTextContents()).toEqual(['open', 'open', '–']);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/report\.html$/);
    expect(await decideIn(page, 'F1', 'real')).toBe(200);

    // The browser dies with the answer barely there.
    const killed = await chromium.launchServer({
      executablePath: executablePath!,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const other = await chromium.connect(killed.wsEndpoint());
    const second = await other.newPage();
    await second.goto(page.url());
    expect(await decideIn(second, 'F2', 'false-call')).toBe(200);
    await killed.kill();
    expect((await readLedger(output)).entries.map(({ decision }) => decision)).toEqual([
      'real',
      'false-call',
    ]);
    await page.goBack();
    await page.locator('.row').first().waitFor();
    expect(await page.locator('.row .state').allTextContents()).toEqual(['decided', 'open', '–']);
    expect(await page.locator('.figures').textContent()).toContain('1 real, 1 false call');
    expect(problems).toEqual([]);
    expect(asked.filter((one) => !one.startsWith(new URL(url).origin))).toEqual([]);

    // The server dies, with half a line of another decision on the disk.
    server!.kill('SIGKILL');
    appendFileSync(join(output, 'decisions.jsonl'), '{"version":1,"at":"2026-');
    const before = readFileSync(join(output, 'decisions.jsonl'), 'utf8');
    const again = await review(output);
    await expect.poll(() => errors).toContain('One line of decisions.jsonl could not be read');
    ({ page, asked, problems } = await watchedPage(browser));
    await page.goto(again);
    expect(await page.locator('.remark').allTextContents()).toEqual([
      expect.stringContaining('Reviewing as kim'),
      expect.stringContaining('One line of decisions.jsonl could not be read'),
    ]);
    await page.goto(`${again}${encodeURI(folderOf(PHOTOS[1]!))}/report.html`);
    expect(await decideIn(page, 'F1', 'unsure')).toBe(200);
    expect(readFileSync(join(output, 'decisions.jsonl'), 'utf8').startsWith(before)).toBe(true);
    await page.goto(again);
    expect(await page.locator('.row .state').allTextContents()).toEqual(['decided', 'decided', '–']);
    await page.locator('#decided').selectOption('false-call');
    expect(await page.locator('.row .name').allTextContents()).toEqual(['lot-1/a.jpg']);
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
    ({ page } = await watchedPage(browser, { dark: true }));
    await page.goto(again);
    expect(await axeViolations(page)).toEqual([]);
  });
});
