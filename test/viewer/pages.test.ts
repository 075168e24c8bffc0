import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { renderHtml } from '../../src/report/index.js';
import { fakeFinding, fakeInspection, fakeRefusal, manyFindings } from '../report/fakeInspection.js';
import { board, boardPage, HEIGHT, PART, WIDTH } from './boards.js';
import { painted, withChromium, wrongOn } from './withChromium.js';

withChromium('pages of the viewer', ({ open, asked }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing wrong, ${colorScheme}: whole board, each view, a finding, help, refusal`, async () => {
      const page = await open(await boardPage(), { colorScheme });
      const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(colorScheme === 'dark' ? 'rgb(18, 22, 25)' : 'rgb(246, 247, 248)');
      expect(await wrongOn(page)).toEqual([]);
      for (const key of ['j', '2', '3', '4', '?']) {
        await page.keyboard.press(key);
        await painted(page);
        expect(await wrongOn(page)).toEqual([]);
      }
      const refused = await open(
        await renderHtml(fakeRefusal(WIDTH, HEIGHT), { photo: board(true), golden: board(false) }),
        { colorScheme },
      );
      expect(await wrongOn(refused)).toEqual([]);
      const narrow = await open(await boardPage(), { colorScheme, viewport: { width: 390, height: 800 } });
      expect(await wrongOn(narrow)).toEqual([]);
      expect(await narrow.evaluate('document.documentElement.scrollWidth')).toBe(390);
    });
  }

  it('prints a page for a case file: verdict, notice, facts, numbered picture, each finding with both crops', async () => {
    const page = await open(await boardPage());
    await page.keyboard.press('j');
    await page.emulateMedia({ media: 'print' });
    for (const text of ['DIFFERS', 'Visual comparison aid', 'Photo SHA-256'])
      expect(await page.getByText(text).first().isVisible()).toBe(true);
    expect(await page.locator('main').isVisible()).toBe(false);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.locator('.whole').isVisible()).toBe(true);
    const articles = page.locator('article');
    expect(await articles.count()).toBe(3);
    for (let k = 0; k < 3; k++) {
      expect(await articles.nth(k).locator('figure').count()).toBe(2);
      expect(await articles.nth(k).locator('figure svg').first().isVisible()).toBe(true);
    }
    const pdf = await page.pdf();
    expect(pdf.length).toBeGreaterThan(20_000);
  });

  it('is a page without scripts too', async () => {
    const page = await openWithoutScripts(await boardPage());
    expect(await page.locator('article').count()).toBe(3);
    expect(await page.locator('article').first().isVisible()).toBe(true);
    expect(await page.getByText('DIFFERS').isVisible()).toBe(true);

    async function openWithoutScripts(html: string): Promise<Page> {
      const first = await open(html);
      const url = first.url();
      const context = await first.context().browser()!.newContext({ javaScriptEnabled: false });
      const second = await context.newPage();
      await second.goto(url);
      return second;
    }
  });

  it('shows hostile names as text, right-to-left ones too, and keeps its form', async () => {
    const hostile = `</script><img src=x onerror="document.title='hacked'">\u202egpj.exe & "quotes" `.padEnd(
      180,
      'ש',
    );
    const finding = fakeFinding('F1', PART, { label: hostile, site: hostile, explanation: hostile });
    const inspection = fakeInspection([finding], WIDTH, HEIGHT);
    inspection.photo.path = `in/${hostile}.jpg`;
    inspection.reference.name = hostile;
    inspection.sites = [
      { id: hostile, label: hostile, expected: 'fitted', verdict: 'matches', reason: hostile },
    ];
    const html = await renderHtml(inspection, {
      photo: board(true),
      golden: board(false),
      sites: [{ id: hostile, box: { x: 100, y: 100, width: 300, height: 200 } }],
    });
    const page = await open(html);
    for (const key of ['j', 'm', 'c', '?', '?']) await page.keyboard.press(key);
    await painted(page);
    expect(await page.title()).not.toBe('hacked');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.getByRole('region', { name: 'Chosen finding' }).textContent()).toContain('<img src=x');
    expect(await page.locator('body').textContent()).not.toContain('\u202e');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    for (const part of ['header .verdict', 'header .notice', '#stage', '#list', '#unjudged']) {
      const box = (await page.locator(part).boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(721);
      expect(box.height).toBeGreaterThan(12);
    }
  });

  it('steps through 200 findings to the last', async () => {
    const findings = manyFindings(200, WIDTH, HEIGHT);
    const page = await open(await boardPage(findings));
    expect(await page.getByRole('option').count()).toBe(200);
    for (let k = 0; k < 200; k++) await page.keyboard.press('j');
    expect((await painted(page)).selected).toBe(199);
    const [row, list] = await Promise.all(
      ['#row-199', '#list'].map(async (place) => (await page.locator(place).boundingBox())!),
    );
    expect(row!.y + row!.height).toBeLessThanOrEqual(list!.y + list!.height + 1);
    await page.keyboard.press('j');
    expect(await page.locator('#announcer').textContent()).toBe('This is the last finding.');
    await page.keyboard.press('k');
    expect((await painted(page)).selected).toBe(198);
  });

  it('tags the strongest of very many findings, so that the board stays in sight, and the others when nearer', async () => {
    const page = await open(await boardPage(manyFindings(200, WIDTH, HEIGHT)));
    await page.evaluate(`(() => {
      const { prototype } = CanvasRenderingContext2D;
      const { fillText } = prototype;
      globalThis.tags = new Set();
      prototype.fillText = function (text, ...place) {
        tags.add(text);
        return fillText.call(this, text, ...place);
      };
    })()`);
    const tags = async (key: string): Promise<string[]> => {
      await page.evaluate('tags.clear()');
      await page.keyboard.press(key);
      await painted(page);
      return page.evaluate('[...tags].filter((text) => /^F/.test(text))');
    };
    await page.keyboard.press('2');
    const whole = await tags('0');
    expect(whole).toContain('F1');
    expect(whole.length).toBeGreaterThan(10);
    expect(whole.length).toBeLessThan(100);
    // Framed, the last one has its tag.
    await page.locator('#list').focus();
    expect(await tags('End')).toContain('F200');
  });

  it('shows a refused photo with the reason and what to do, and lets one look around in it', async () => {
    const html = await renderHtml(fakeRefusal(WIDTH, HEIGHT), { photo: board(true), golden: board(false) });
    const page = await open(html);
    expect((await painted(page)).mode).toBe('single');
    expect(await page.locator('#details').getByText('Only 9 points of the photo agree').isVisible()).toBe(
      true,
    );
    expect(await page.getByText('Take the photo again').first().isVisible()).toBe(true);
    expect(await page.getByRole('img', { name: 'The golden photo' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Swipe' }).isVisible()).toBe(false);
    const { scale } = await painted(page);
    await page.keyboard.press('+');
    expect((await painted(page)).scale).toBeGreaterThan(scale);
    await page.keyboard.press('2');
    expect((await painted(page)).mode).toBe('single');
    await page.keyboard.press('j');
    expect(await page.locator('#announcer').textContent()).toBe('No findings.');
  });

  it('a board that matches says so, and that nothing was found', async () => {
    const page = await open(await boardPage([]));
    expect(await page.getByText('MATCHES', { exact: true }).first().isVisible()).toBe(true);
    expect(await page.getByRole('region', { name: 'Chosen finding' }).textContent()).toBe('No findings.');
  });

  it('asked for nothing but the pages themselves', () => {
    expect(asked.length).toBeGreaterThan(5);
    for (const url of asked) expect(url).toMatch(/^file:.*report\.html$/);
  });
});
