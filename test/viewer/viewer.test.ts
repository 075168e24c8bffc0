import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { NOTICE } from '../../src/document/index.js';
import { boardPage, HEIGHT, PART, WIDTH } from './boards.js';
import { painted, withChromium } from './withChromium.js';

let html: string;
beforeAll(async () => {
  html = await boardPage();
});

type Color = [number, number, number];

/** Colour on the screen at a place of the frame, in one of the panes. */
async function colorAt(page: Page, pane: 'golden' | 'photo', x: number, y: number): Promise<Color> {
  const { scale, left, top } = await painted(page);
  const box = (await page.locator(`#pane-${pane}`).boundingBox())!;
  const png = await page.screenshot({
    clip: {
      x: Math.round(box.x + (x - left) * scale),
      y: Math.round(box.y + (y - top) * scale),
      width: 1,
      height: 1,
    },
  });
  const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return [data[0]!, data[1]!, data[2]!];
}

const [inPartX, inPartY] = [PART.x + PART.width / 2, PART.y + PART.height / 2];
const isRed = ([r, g]: Color) => r > 160 && g < 90;
const isGreen = ([r, g]: Color) => g > r + 30;

withChromium('the viewer', ({ open, asked }) => {
  it('shows reference and photo side by side, at the same place and scale', async () => {
    const page = await open(html);
    expect((await painted(page)).mode).toBe('side');
    await page.keyboard.press('x');
    expect(isRed(await colorAt(page, 'photo', inPartX, inPartY))).toBe(true);
    expect(isGreen(await colorAt(page, 'golden', inPartX, inPartY))).toBe(true);
    await page.keyboard.press('j');
    expect(isRed(await colorAt(page, 'photo', inPartX, inPartY))).toBe(true);
    expect(isGreen(await colorAt(page, 'golden', inPartX, inPartY))).toBe(true);
  });

  it('swipes: the line is moved by keys, by its own keys and by dragging', async () => {
    const page = await open(html);
    await page.keyboard.press('j');
    await page.keyboard.press('2');
    expect((await painted(page)).shown).toBe('swipe');
    const line = page.getByRole('slider', { name: 'Line between reference and photo' });
    for (let k = 0; k < 6; k++) await page.keyboard.press(']');
    expect(await line.getAttribute('aria-valuenow')).toBe('80');
    expect(isGreen(await colorAt(page, 'photo', inPartX, inPartY))).toBe(true);
    await line.focus();
    await page.keyboard.press('Home');
    expect(await line.getAttribute('aria-valuenow')).toBe('0');
    expect(isRed(await colorAt(page, 'photo', inPartX, inPartY))).toBe(true);
    await page.keyboard.press('ArrowRight');
    expect(await line.getAttribute('aria-valuenow')).toBe('2');
    expect((await painted(page)).selected).toBe(0);
    const { x, y, width, height } = (await page.locator('#pane-photo').boundingBox())!;
    await page.mouse.move(x + 0.02 * width, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 0.9 * width, y + height / 2, { steps: 4 });
    await page.mouse.up();
    expect(Math.abs(Number(await line.getAttribute('aria-valuenow')) - 90)).toBeLessThanOrEqual(1);
    expect(isGreen(await colorAt(page, 'photo', inPartX, inPartY))).toBe(true);
  });

  it('blinks at a rate that can be set, and by hand alone where less motion is wanted', async () => {
    const page = await open(html);
    await page.keyboard.press('3');
    await page.locator('#stage[data-shown=golden]').waitFor();
    await page.locator('#stage[data-shown="0"]').waitFor();
    const rate = page.getByRole('slider', { name: 'Changes a second' });
    const before = Number(await rate.inputValue());
    await page.keyboard.press('.');
    expect(Number(await rate.inputValue())).toBe(before + 0.5);
    for (let k = 0; k < 9; k++) await page.keyboard.press('.');
    expect(await rate.inputValue()).toBe('3');
    await page.keyboard.press(',');
    expect(await rate.inputValue()).toBe('2.5');

    const still = await open(html, { reducedMotion: 'reduce' });
    await still.keyboard.press('j');
    await still.keyboard.press('3');
    await still.waitForTimeout(1500);
    expect((await painted(still)).shown).toBe('0');
    expect(isRed(await colorAt(still, 'photo', inPartX, inPartY))).toBe(true);
    await still.keyboard.press('Space');
    expect((await painted(still)).shown).toBe('golden');
    expect(isGreen(await colorAt(still, 'photo', inPartX, inPartY))).toBe(true);
    await still.getByRole('button', { name: 'Swap' }).click();
    expect((await painted(still)).shown).toBe('0');
  });

  it('shows the difference: bright at the part, dark where only the light differs', async () => {
    const page = await open(html);
    await page.keyboard.press('x');
    await page.keyboard.press('4');
    const [part, board] = [
      await colorAt(page, 'photo', inPartX, inPartY),
      await colorAt(page, 'photo', 400, 350),
    ];
    expect(part[0]).toBeGreaterThan(100);
    expect(Math.max(...board)).toBeLessThan(30);
  });

  it('steps through the findings by arrows and j, k; each is framed, told and marked in the list', async () => {
    const page = await open(html);
    const whole = await painted(page);
    for (const [key, index] of [
      ['ArrowDown', 0],
      ['j', 1],
      ['ArrowRight', 2],
      ['j', 2],
      ['k', 1],
      ['ArrowUp', 0],
      ['ArrowLeft', 0],
    ] as const) {
      await page.keyboard.press(key);
      expect((await painted(page)).selected).toBe(index);
    }
    const { scale, left, top } = await painted(page);
    expect(scale).toBeGreaterThan(2 * whole.scale);
    const pane = (await page.locator('#pane-photo').boundingBox())!;
    // In the middle of both panes.
    expect(left + pane.width / 2 / scale).toBeCloseTo(inPartX, 0);
    expect(top + pane.height / 2 / scale).toBeCloseTo(inPartY, 0);
    await page.keyboard.press('j');
    expect(await page.locator('#announcer').textContent()).toMatch(
      /^Finding 2 of 3: missing part, site R7, strength 0\.80\. /,
    );
    const card = page.getByRole('region', { name: 'Chosen finding' });
    expect(await card.textContent()).toContain('missing part');
    expect(await card.textContent()).toContain('600, 420 px, 50 × 30 px');
    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('F2 missing part');
    await page.keyboard.press('Escape');
    expect((await painted(page)).selected).toBe(-1);
  });

  it('chooses by a click in a picture or in the list, and by keys in the list', async () => {
    const page = await open(html);
    const { scale, left, top } = await painted(page);
    for (const pane of ['#pane-golden', '#pane-photo']) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('0');
      const box = (await page.locator(pane).boundingBox())!;
      await page.mouse.click(box.x + (inPartX - left) * scale, box.y + (inPartY - top) * scale);
      expect((await painted(page)).selected).toBe(0);
    }
    await page.getByRole('option', { name: 'F3 wrong part' }).click();
    expect((await painted(page)).selected).toBe(2);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    expect((await painted(page)).selected).toBe(0);
    await page.keyboard.press('End');
    expect((await painted(page)).selected).toBe(2);
    await page.keyboard.press('ArrowUp');
    expect((await painted(page)).selected).toBe(1);
    expect(await page.getByRole('listbox').getAttribute('aria-activedescendant')).toBe('row-1');
  });

  it('zooms and pans by keys, wheel, dragging and buttons, down to single pixels', async () => {
    const page = await open(html);
    const whole = await painted(page);
    await page.keyboard.press('+');
    const closer = await painted(page);
    expect(closer.scale).toBeCloseTo(1.4 * whole.scale, 5);
    await page.keyboard.press('-');
    expect((await painted(page)).scale).toBeCloseTo(whole.scale, 5);
    for (let k = 0; k < 20; k++) await page.keyboard.press('=');
    const closest = await painted(page);
    expect(closest.scale).toBe(48);
    for (const [key, dx, dy] of [
      ['Shift+ArrowLeft', -1, 0],
      ['Shift+ArrowRight', 1, 0],
      ['Shift+ArrowUp', 0, -1],
      ['Shift+ArrowDown', 0, 1],
      ['h', -1, 0],
      ['l', 1, 0],
      ['K', 0, -1],
      ['J', 0, 1],
      ['H', -1, 0],
      ['L', 1, 0],
    ] as const) {
      const before = await painted(page);
      await page.keyboard.press(key);
      const after = await painted(page);
      expect([Math.sign(after.left - before.left), Math.sign(after.top - before.top)]).toEqual([dx, dy]);
    }
    await page.keyboard.press('0');
    expect(await painted(page)).toEqual(whole);
    const { x, y, width, height } = (await page.locator('#pane-golden').boundingBox())!;
    await page.mouse.move(x + width / 4, y + height / 2);
    await page.mouse.wheel(0, -400);
    const wheeled = await painted(page);
    expect(wheeled.scale).toBeGreaterThan(2 * whole.scale);
    // What is under the mouse, which stands on whole pixels of the screen, stays there.
    const at = (view: typeof whole) => view.left + width / 4 / view.scale;
    expect(Math.abs(at(wheeled) - at(whole))).toBeLessThan(1 / whole.scale);
    await page.mouse.down();
    await page.mouse.move(x + width / 4 + 60, y + height / 2 + 30, { steps: 4 });
    await page.mouse.up();
    const dragged = await painted(page);
    expect(dragged.left).toBeCloseTo(wheeled.left - 60 / wheeled.scale, 1);
    expect(dragged.selected).toBe(-1);
    await page.getByRole('button', { name: 'zoom out' }).click();
    expect((await painted(page)).scale).toBeLessThan(dragged.scale);
    await page.getByRole('button', { name: 'Fit' }).click();
    expect((await painted(page)).scale).toBeCloseTo(whole.scale, 5);
  });

  it('pinches', async () => {
    const page = await open(html, { hasTouch: true });
    const whole = await painted(page);
    const { x, y, width, height } = (await page.locator('#pane-photo').boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const [cx, cy] = [x + width / 2, y + height / 2];
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd'
            ? []
            : [
                { x: cx - apart, y: cy, id: 0 },
                { x: cx + apart, y: cy, id: 1 },
              ],
      });
    await touch('touchStart', 40);
    for (const apart of [60, 80, 100, 120]) await touch('touchMove', apart);
    await touch('touchEnd', 0);
    const pinched = await painted(page);
    expect(pinched.scale / whole.scale).toBeGreaterThan(2);
    expect(pinched.scale / whole.scale).toBeLessThan(4);
  });

  it('shows pixels as squares when zoomed in far', async () => {
    const page = await open(html);
    await page.keyboard.press('j');
    await page.keyboard.press('b');
    for (let k = 0; k < 12; k++) await page.keyboard.press('+');
    const { scale } = await painted(page);
    expect(scale).toBe(48);
    const box = (await page.locator('#pane-photo').boundingBox())!;
    const png = await page.screenshot({ clip: { ...box, height: 1, y: box.y + box.height / 2 } });
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    // Runs of the very same colour as long as a pixel is wide: nothing is blended from one to the next.
    let same = 0;
    for (let x = 1; x < info.width; x++)
      if ([0, 1, 2].every((c) => data[3 * x + c] === data[3 * (x - 1) + c])) same++;
    expect(same / info.width).toBeGreaterThan(0.95);
  });

  it('shows and hides boxes, sites that match and places not judged; the list of these stays', async () => {
    const page = await open(html);
    const stage = page.locator('#stage');
    for (const [key, name] of [
      ['b', 'Boxes'],
      ['m', 'Matching sites'],
      ['x', 'Not judged'],
    ] as const) {
      const button = page.getByRole('button', { name }).first();
      const before = [await stage.screenshot(), await button.getAttribute('aria-pressed')] as const;
      await page.keyboard.press(key);
      await painted(page);
      expect(await button.getAttribute('aria-pressed')).not.toBe(before[1]);
      expect((await stage.screenshot()).equals(before[0])).toBe(false);
      await button.click();
      await page.mouse.move(0, 0);
      await painted(page);
      expect((await stage.screenshot()).equals(before[0])).toBe(true);
    }
    await page.keyboard.press('x');
    await page.getByRole('button', { name: /^washed out .* 10, 20 px/ }).click();
    expect((await painted(page)).scale).toBeGreaterThan(2);
    expect(await page.getByRole('button', { name: 'Not judged x' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
  });

  it('keeps verdict, notice, coverage and what was not judged in sight on 1280 × 720', async () => {
    const page = await open(html);
    await page.keyboard.press('j');
    for (const text of [
      'DIFFERS',
      '3 findings; 96 % of the board could be judged. Look at the board itself at F1 first',
      NOTICE,
      'Not judged: washed out',
      'the area around U3 has glare. 10, 20 px, 60 × 40 px',
    ]) {
      const box = (await page.locator('.app').getByText(text).first().boundingBox())!;
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(720);
    }
    const list = (await page.getByRole('listbox').boundingBox())!;
    expect(list.height).toBeGreaterThan(90);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
  });

  it('copies places by button and by c', async () => {
    const page = await open(html, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.keyboard.press('j');
    await page.getByRole('button', { name: 'Copy the place in the reference' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('300, 200 px, 40 × 30 px');
    await page.keyboard.press('c');
    await page.locator('#announcer', { hasText: 'Copied: F1 unexpected part' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'F1 unexpected part: photo 300, 200 px, 40 × 30 px; reference 300, 200 px, 40 × 30 px',
    );
    await page.keyboard.press('j');
    await page.getByRole('button', { name: 'Copy the name of the site' }).click();
    await page.locator('#announcer', { hasText: 'Copied: R7' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('R7');
    await page.keyboard.press('c');
    await page.locator('#announcer', { hasText: 'Copied: F2 missing part at R7: photo ' }).waitFor();
  });

  it('lists all keys with ?, and lets keys of one letter be switched off', async () => {
    const page = await open(html);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    expect(await help.isVisible()).toBe(true);
    for (const key of ['j', 'k', 'c', '1', '2', '3', '4', '+', '0', 'b', 'm', 'x', '[', ','])
      expect(await help.locator('kbd', { hasText: key }).count()).toBeGreaterThan(0);
    expect(await help.getByText('false call').isVisible()).toBe(false);
    await page.keyboard.press('j');
    expect((await painted(page)).selected).toBe(-1);
    await help.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    expect(await help.isVisible()).toBe(false);
    await page.keyboard.press('j');
    expect((await painted(page)).selected).toBe(-1);
    await page.keyboard.press('?');
    await page.getByRole('checkbox').check();
    await page.keyboard.press('?');
    await page.keyboard.press('j');
    expect((await painted(page)).selected).toBe(0);
  });

  it('shows nothing of decisions without a server, and their keys do nothing', async () => {
    const page = await open(html);
    await page.keyboard.press('j');
    for (const key of ['r', 'f', 'u', 'n', 'e', 'z', 'N', 'P']) await page.keyboard.press(key);
    expect(await page.locator('.review').count()).toBe(0);
    expect((await painted(page)).selected).toBe(0);
  });

  it('keeps what is framed in sight when the window or the view changes', async () => {
    const page = await open(html);
    await page.keyboard.press('j');
    await page.keyboard.press('2');
    await page.setViewportSize({ width: 1600, height: 900 });
    const { scale, left, top } = await painted(page);
    const pane = (await page.locator('#pane-photo').boundingBox())!;
    expect(left + pane.width / 2 / scale).toBeCloseTo(inPartX, 0);
    expect(top + pane.height / 2 / scale).toBeCloseTo(inPartY, 0);
    await page.keyboard.press('0');
    await page.setViewportSize({ width: 900, height: 700 });
    const whole = await painted(page);
    const narrow = (await page.locator('#pane-photo').boundingBox())!;
    expect(whole.scale).toBeCloseTo(0.97 * Math.min(narrow.width / WIDTH, narrow.height / HEIGHT), 3);
  });

  it('asked for nothing but the page itself', () => {
    expect(asked.length).toBeGreaterThan(5);
    for (const url of asked) expect(url).toMatch(/^file:.*report\.html$/);
  });
});
