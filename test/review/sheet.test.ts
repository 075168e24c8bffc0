import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { manyPhotos } from '../../bench/pages/manyPhotos.mjs';
import { type BatchReport, renderIndex } from '../../src/report/batch/index.js';
import { fakeReport } from '../report/batch/fakeReport.js';
import { axeViolations, chromiumOrSay, launch, watchedPage } from './chromium.js';

const executablePath = chromiumOrSay();

/** The same photos as the measurements use, which are made of what was built. */
const many = (count: number) => manyPhotos(count) as unknown as BatchReport;

describe.skipIf(!executablePath)('the contact sheet in a browser (needs chromium on PATH)', () => {
  let browser: Browser;
  let page: Page;
  let asked: string[];
  let problems: string[];
  let url: string;

  beforeAll(async () => {
    browser = await launch(executablePath!);
  });
  afterAll(() => browser?.close());
  afterEach(() => page?.close());

  async function open(
    report: BatchReport,
    options: Parameters<typeof watchedPage>[1] & { hash?: string } = {},
  ): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'boardiff-sheet-'));
    const picture = await sharp({ create: { width: 96, height: 64, channels: 3, background: '#264' } })
      .jpeg()
      .toBuffer();
    for (const row of report.photos.slice(0, 50)) {
      if (row.folder === null) continue;
      mkdirSync(join(folder, row.folder), { recursive: true });
      writeFileSync(join(folder, row.folder, 'thumbnail.jpg'), picture);
      writeFileSync(join(folder, row.folder, 'report.html'), '<title>report</title>');
    }
    writeFileSync(join(folder, 'index.html'), renderIndex(report));
    url = pathToFileURL(join(folder, 'index.html')).href;
    ({ page, asked, problems } = await watchedPage(browser, options));
    await page.goto(url + (options.hash ?? ''));
  }

  const files = () => page.locator('.row .name').allTextContents();
  const shown = () => page.locator('#shown').textContent();

  it('is moved through, searched and opened by keys alone', async () => {
    await open(fakeReport());
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('in/bad.jpg');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await page.locator('.row.current').getAttribute('aria-rowindex')).toBe('3');
    await page.keyboard.press('End');
    expect(await page.locator('.row.current').getAttribute('aria-rowindex')).toBe('29');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('j');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    await page.keyboard.press('/');
    await page.keyboard.type('WEAK');
    expect(await files()).toEqual(['in/weak.jpg']);
    expect(await shown()).toBe('1 of 28 photos');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL(/report\.html$/);
    await page.goBack();
    await page.locator('.row').first().waitFor();
    expect(await files()).toEqual(['in/weak.jpg']);
    await page.keyboard.press('x');
    expect(await shown()).toBe('28 photos');
  });

  it('filters by verdict, kind, site, reason and what recurs, and sorts both ways', async () => {
    await open(many(400));
    const rows = many(400).photos;
    const differing = rows.filter(({ status }) => status === 'differs');
    await page.getByRole('button', { name: `${differing.length} differs` }).click();
    expect(await shown()).toBe(`${differing.length} of 400 photos`);
    await page.getByLabel('Kind of finding').selectOption({ label: await kindOption('missing part') });
    const missing = differing.filter(({ findings }) => findings.some(({ kind }) => kind === 'missing-part'));
    expect(await shown()).toBe(`${missing.length} of 400 photos`);
    await page.getByRole('button', { name: 'Show all' }).click();

    await page.getByLabel('Site').fill('r1');
    const atR1 = rows.filter(({ findings }) => findings.some(({ site }) => site === 'R1'));
    expect(atR1.length).toBeGreaterThan(0);
    expect(await shown()).toBe(`${atR1.length} of 400 photos`);
    await page.getByLabel('Site').fill('');

    const press = page.locator('#recurring button').first();
    const number = Number(
      await page.locator('#recurring tr').first().locator('.number').first().textContent(),
    );
    await press.click();
    expect(await press.getAttribute('aria-pressed')).toBe('true');
    expect(await shown()).toBe(`${number} of 400 photos`);
    await press.click();
    const reason = page.locator('#reasons button').first();
    const refused = Number.parseInt((await reason.textContent())!, 10);
    await reason.click();
    expect(await shown()).toBe(`${refused} of 400 photos`);
    await reason.click();

    await page.getByLabel('Reference').selectOption({ index: 1 });
    const { length } = rows.filter(({ reference }) => reference === 'larkspur-m1 rev B top');
    const [first] = (await shown())!.split(' ');
    expect([length, rows.filter(({ reference }) => reference === 'larkspur-m1 top').length]).toContain(
      Number(first),
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('x');

    const sortBy = page.getByRole('columnheader', { name: 'Photo', exact: true });
    await sortBy.getByRole('button').click();
    expect(await sortBy.getAttribute('aria-sort')).toBe('ascending');
    const paths = rows.map(({ path }) => path).sort();
    expect((await files())[0]).toBe(paths[0]);
    await sortBy.getByRole('button').click();
    expect((await files())[0]).toBe(paths.at(-1));
    await page.getByRole('columnheader', { name: 'Findings' }).getByRole('button').click();
    const most = Math.max(...rows.map(({ findings }) => findings.length));
    expect(await page.locator('.row .count').first().textContent()).toBe(String(most));
    expect(problems.filter((text) => !text.includes('ERR_FILE_NOT_FOUND'))).toEqual([]);
  });

  async function kindOption(word: string): Promise<string> {
    const texts = await page.locator('#kind option').allTextContents();
    return texts.find((text) => text.startsWith(word))!;
  }

  it('holds 5,000 photos, draws those in sight, and comes back to the row that was left', async () => {
    await open(many(5000));
    expect(await shown()).toBe('5,000 photos');
    expect(await page.locator('.row').count()).toBeLessThan(60);
    expect(await page.locator('#table').getAttribute('aria-rowcount')).toBe('5001');
    expect(asked.filter((other) => other.endsWith('thumbnail.jpg')).length).toBeLessThan(60);
    await page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');
    await expect
      .poll(async () => Number(await page.locator('.row').first().getAttribute('aria-rowindex')))
      .toBeGreaterThan(2000);
    await page.keyboard.press('End');
    expect(await page.locator('.row.current').getAttribute('aria-rowindex')).toBe('5001');
    const last = await page.locator('.row.current .name').textContent();
    await expect.poll(() => page.evaluate('location.hash')).toContain('row=');
    await page.reload();
    await page.locator('.row.current').waitFor();
    expect(await page.locator('.row.current .name').textContent()).toBe(last);
    expect(await page.evaluate('document.activeElement?.textContent')).toBe(last);
  });

  it('prints every row that passes', async () => {
    await open(many(300), { hash: '#statuses=0' });
    const number = many(300).photos.filter(({ status }) => status === 'differs').length;
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.row').count()).toBe(number);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('.row').count()).toBeLessThan(Math.min(60, number));
  });

  it('opens on paper what is closed on a narrow screen', async () => {
    await open(many(200), { width: 420 });
    const shown = () => page.locator('#panels > details[open]:not([hidden])').count();
    expect(await shown()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await shown()).toBe(2);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await shown()).toBe(0);
  });

  it('shows no choice of references where the batch itself is the reference', async () => {
    const choice = () => page.locator('#reference').isVisible();
    await open(many(60));
    expect(await choice()).toBe(true);
    await open({ ...many(60), eachOther: true });
    expect(await choice()).toBe(false);
    expect(await page.getByText('no golden board').isVisible()).toBe(true);
  });

  it('takes names that are markup, and runs none of them', async () => {
    await open(fakeReport());
    const names = await files();
    expect(names.filter((name) => name.includes('<script>alert(1)</script>')).length).toBeGreaterThan(0);
    expect(names.join()).not.toMatch(/[\n\u202e]/);
    expect(await page.locator('.row script, .row b, #panels i').count()).toBe(0);
    expect(problems.filter((text) => !text.includes('ERR_FILE_NOT_FOUND'))).toEqual([]);
    expect(asked.filter((other) => !other.startsWith('file:'))).toEqual([]);
  });

  it.each([
    ['light', false, 1400],
    ['dark', true, 1400],
    ['narrow', false, 420],
  ])('axe finds nothing: %s', async (_, dark, width) => {
    await open(many(200), { dark, width });
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('j');
    await page.keyboard.press('?');
    expect(await axeViolations(page)).toEqual([]);
  });
});
