import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, serveEditor } from '../../src/editor/index.js';
import { readReferenceFolder } from '../../src/layout/index.js';
import { openLayout } from '../../src/openLayout.js';
import { renderLayoutPage } from '../../src/report/layout/index.js';
import { fakeReference } from './fakeReference.js';
import { findChromium } from './findChromium.js';

const executablePath = findOrSay();

function findOrSay(): string | null {
  const path = findChromium();
  if (!path) console.warn('skipped: no chromium or google-chrome on PATH to drive the layout page with');
  return path;
}

describe.skipIf(!executablePath)(
  'the layout page in a browser (needs chromium or google-chrome on PATH)',
  () => {
    let browser: Browser;
    let page: Page;
    let asked: string[];
    let problems: string[];
    let folder: string;
    let editor: Editor | null = null;

    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: executablePath!,
        args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      });
    });
    afterAll(() => browser?.close());

    async function open(url: string): Promise<void> {
      page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      page.setDefaultTimeout(8000);
      asked = [];
      problems = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(url);
    }

    async function edit(): Promise<void> {
      folder = await fakeReference();
      editor = await serveEditor(folder);
      await open(editor.url);
    }

    /** Where a place on the board lies on the screen. */
    async function onScreen(x: number, y: number): Promise<[number, number]> {
      // The drawing keeps its shape and is centred, as its viewBox says.
      const { width, height, ...at } = (await page.locator('#board').boundingBox())!;
      const view = (await page.locator('#board').getAttribute('viewBox'))!.split(' ').map(Number);
      const [left, top, across, down] = view as [number, number, number, number];
      return [at.x + ((x - left) * width) / across, at.y + ((y - top) * height) / down];
    }

    async function drag(from: [number, number], to: [number, number]): Promise<void> {
      await page.mouse.move(...(await onScreen(...from)));
      await page.mouse.down();
      await page.mouse.move(...(await onScreen(...to)), { steps: 5 });
      await page.mouse.up();
    }

    async function save(): Promise<void> {
      await page.keyboard.press('Control+s');
      await page.getByText('All changes saved').waitFor();
    }

    it('moves by keyboard, adds by dragging, sets empty, undoes and saves exactly that', async () => {
      await edit();
      const { description: before } = await readReferenceFolder(folder);
      await page.getByRole('option', { name: 'R1' }).click();
      await page.locator('#stage').focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'ArrowUp'])
        await page.keyboard.press(key);

      await page.getByRole('button', { name: 'Add site' }).click();
      await drag([300, 200], [340, 250]);
      await page.getByLabel('class', { exact: true }).fill('diode');
      await page.getByLabel('class', { exact: true }).press('Enter');
      await page.getByLabel('empty').check();

      await page.getByRole('option', { name: 'U1' }).click();
      await page.locator('#stage').focus();
      await page.keyboard.press('Delete');
      expect(await page.getByRole('option', { name: 'U1' }).count()).toBe(0);
      await page.keyboard.press('Control+z');
      expect(await page.getByRole('option', { name: 'U1' }).count()).toBe(1);
      await page.keyboard.press('Control+Shift+z');
      await page.getByRole('button', { name: 'Undo' }).click();

      await page.getByText('Unsaved changes').waitFor();
      await save();
      const { description } = await readReferenceFolder(folder);
      const added = description.sites[2]!;
      expect(description).toEqual({
        ...before,
        sites: [
          { ...before.sites[0]!, box: { x: 42, y: 59, width: 30, height: 20 } },
          before.sites[1]!,
          { id: 'N1', label: 'diode', expected: 'empty', box: added.box, score: null },
        ],
      });
      // To a screen pixel, which is less than a pixel of this board.
      for (const [side, value] of Object.entries({ x: 300, y: 200, width: 40, height: 50 }))
        expect(Math.abs(added.box[side as 'x'] - value)).toBeLessThan(1);
      expect(problems).toEqual([]);
      expect(asked.length).toBeGreaterThan(1);
      for (const url of asked) expect(url.startsWith(editor!.url) || url.startsWith('data:')).toBe(true);
      await stop();
    });

    it('resizes by a handle, renames, draws regions and keeps fittings', async () => {
      await edit();
      await page.getByRole('option', { name: 'U1' }).click();
      await drag([280, 160], [300, 170]);
      await page.getByLabel('Chosen site').getByLabel('name', { exact: true }).fill('U7');
      await page.getByLabel('high risk', { exact: true }).check();
      await page.getByText('Fittings', { exact: true }).click();
      await page.getByLabel('name of a new fitting').fill('lite');
      await page.getByRole('button', { name: 'Add fitting' }).click();
      await page.getByLabel('expects in lite').selectOption('empty');
      await page.getByRole('button', { name: 'Ignore region' }).click();
      await drag([20, 200], [120, 280]);
      await page.getByLabel('Chosen region').getByLabel('note').fill('label differs');
      await page.getByRole('button', { name: 'High-risk region' }).click();
      for (const [x, y] of [
        [200, 200],
        [260, 200],
        [230, 260],
        [200, 200],
      ] as const)
        await page.mouse.click(...(await onScreen(x, y)));
      await save();
      const { description } = await readReferenceFolder(folder);
      expect(description.variants).toEqual(['lite']);
      const site = description.sites[1]!;
      expect(site).toMatchObject({ id: 'U7', risk: 'high', variants: { lite: 'empty' } });
      expect(Math.abs(site.box.width - 100) + Math.abs(site.box.height - 70)).toBeLessThan(2);
      expect(description.regions).toMatchObject([
        { id: 'G1', rule: 'ignore', note: 'label differs' },
        { id: 'G2', rule: 'high-risk' },
      ]);
      expect(description.regions.map(({ polygon }) => polygon.length)).toEqual([4, 3]);
      expect(problems).toEqual([]);
      await stop();
    });

    it('says in words what went wrong, and keeps the changes', async () => {
      await edit();
      const path = join(folder, 'reference.json');
      await page.getByRole('option', { name: 'R1' }).click();
      await page.getByLabel('Chosen site').getByLabel('name', { exact: true }).fill('U1');
      await page.getByLabel('Chosen site').getByLabel('name', { exact: true }).press('Enter');
      expect(await page.getByRole('alert').textContent()).toContain('“U1” is taken already');
      await page.getByLabel('optional').check();
      const changed = readFileSync(path, 'utf8').replace('green board', 'other board');
      writeFileSync(path, changed);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Not saved. The reference was changed by something else').waitFor();
      expect(readFileSync(path, 'utf8')).toBe(changed);
      await page.getByText('Unsaved changes').waitFor();
      await stop();
    });

    it('opens from disk, asks for nothing, and tells of sites by keyboard', async () => {
      folder = await fakeReference();
      const view = await openLayout(folder);
      const variation = { columns: 4, rows: 3, cell: 100, values: new Uint8Array(12).fill(200) };
      const file = join(folder, '..', 'layout.html');
      writeFileSync(file, await renderLayoutPage({ ...view, variation }));
      const url = pathToFileURL(file).href;
      await open(url);
      await page.locator('#stage').focus();
      await page.keyboard.press('PageDown');
      expect(await page.locator('#details').textContent()).toContain('resistor');
      await page.keyboard.press('ArrowRight');
      expect(await page.locator('#details h2').textContent()).toBe('U1');
      await page.keyboard.press('Delete');
      expect(await page.getByRole('option').count()).toBe(2);
      await page.getByRole('searchbox').fill('resis');
      expect(await page.locator('.site:visible').count()).toBe(1);
      expect(await page.locator('#variation').isVisible()).toBe(false);
      await page.getByLabel('What varies').check();
      expect(await page.locator('#variation').isVisible()).toBe(true);
      expect(problems).toEqual([]);
      expect(asked.filter((other) => other !== url && !other.startsWith('data:'))).toEqual([]);
      await page.close();
    });

    async function stop(): Promise<void> {
      await page.close();
      editor?.stop();
      await editor?.stopped;
    }
  },
);
