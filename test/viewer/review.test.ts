import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { boardPage } from './boards.js';
import { painted, withChromium, wrongOn } from './withChromium.js';

interface Posted {
  result: string;
  finding: string | null;
  decision: string;
  note: string;
  box: { x: number; y: number; width: number; height: number } | null;
}

let html: string;
let server: Server | null = null;
beforeAll(async () => {
  html = await boardPage();
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A server that serves the page with a block that asks for decisions, and keeps what is posted. */
async function serve(
  decisions: object = {},
  escapes: object[] = [],
): Promise<{ url: string; posted: Posted[]; answer: { status: number } }> {
  const posted: Posted[] = [];
  const answer = { status: 200 };
  const block = {
    ...{ token: 's3cret', base: '/', result: 'photos/7', decisions, escapes },
    ...{ next: '/results/8', previous: '/results/6' },
  };
  const data = '<script type="application/json" id="data">';
  const review = `<script type="application/json" id="review">${JSON.stringify(block)}</script>`;
  const page = html.replace(data, () => `${review}${data}`);
  server = createServer(async (request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
      return;
    }
    const body = JSON.parse(await bodyOf(request));
    const right = request.url === '/api/decisions' && request.headers['x-boardiff-token'] === 's3cret';
    if (right && answer.status === 200) posted.push(body);
    response.writeHead(right ? answer.status : 403, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer.status === 200 ? {} : { error: 'the disk is full' }));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/results/7`, posted, answer };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

withChromium('decisions on a served page', ({ open, problems }) => {
  it('posts decisions, notes and what was missed, in order, and says that they are saved', async () => {
    const { url, posted } = await serve();
    const page = await open(url);
    const saved = page.getByText('All decisions saved.');
    await page.keyboard.press('r');
    expect(posted).toEqual([]); // nothing is chosen yet
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await page.keyboard.press('j');
    await page.keyboard.press('f');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: 'Unsure' }).click();
    await saved.waitFor();
    const base = { result: 'photos/7', note: '', box: null };
    expect(posted).toEqual([
      { ...base, finding: 'F1', decision: 'real' },
      { ...base, finding: 'F2', decision: 'false-call' },
      { ...base, finding: 'F3', decision: 'unsure' },
    ]);
    expect(await page.getByRole('button', { name: 'Unsure' }).getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('#row-1').getAttribute('data-decision')).toBe('false-call');

    await page.keyboard.press('k');
    await page.keyboard.press('n');
    await page.keyboard.type('j r: a shadow'); // in the note these are letters, not keys
    await page.keyboard.press('Enter');
    await page.getByText('Note: j r: a shadow').waitFor();
    await saved.waitFor();
    expect(posted[3]).toEqual({ ...base, finding: 'F2', decision: 'false-call', note: 'j r: a shadow' });

    await page.keyboard.press('0');
    await page.keyboard.press('e');
    const { scale, left, top } = await painted(page);
    const pane = (await page.locator('#pane-photo').boundingBox())!;
    const at = (x: number, y: number) => [pane.x + (x - left) * scale, pane.y + (y - top) * scale] as const;
    await page.mouse.move(...at(200, 100));
    await page.mouse.down();
    await page.mouse.move(...at(260, 150), { steps: 3 });
    await page.mouse.up();
    await saved.waitFor();
    expect(posted[4]).toMatchObject({ result: 'photos/7', finding: null, decision: 'escape', note: '' });
    const { x, y, width, height } = posted[4]!.box!;
    for (const [is, should] of [
      [x, 200],
      [y, 100],
      [width, 60],
      [height, 50],
    ])
      expect(Math.abs(is! - should!)).toBeLessThan(3);
    expect(await painted(page)).toMatchObject({ scale, left, top }); // drawn, not panned

    await page.keyboard.press('e');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await saved.waitFor();
    expect(posted.map(({ decision }) => decision).slice(5)).toEqual(['escape']);
  });

  it('takes back the last decision, and says the one before again', async () => {
    const { url, posted } = await serve({ F3: { decision: 'real', note: 'seen', by: 'Ann', at: '' } });
    const page = await open(url);
    const saved = page.getByText('All decisions saved.');
    await page.keyboard.press('k');
    await page.getByText('Note: seen · by Ann').waitFor();
    expect(await page.locator('#row-2').getAttribute('data-decision')).toBe('real');
    await page.keyboard.press('f');
    await page.keyboard.press('z');
    await saved.waitFor();
    expect(posted.map(({ finding, decision, note }) => [finding, decision, note])).toEqual([
      ['F3', 'false-call', 'seen'],
      ['F3', 'undone', ''],
      ['F3', 'real', 'seen'],
    ]);
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await page.keyboard.press('r');
    await page.keyboard.press('z');
    await saved.waitFor();
    expect(posted.slice(3).map(({ decision }) => decision)).toEqual(['real', 'undone']);
    expect(await page.getByRole('button', { name: 'Real' }).getAttribute('aria-pressed')).toBe('false');
  });

  it('says what is not saved and why, tries again, and loses nothing', async () => {
    const { url, posted, answer } = await serve();
    const page = await open(url);
    answer.status = 507;
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await page.getByText('1 not saved: the disk is full. Trying again').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('f');
    await page.getByText('2 not saved: the disk is full.').waitFor();
    expect(await page.locator('#row-0').getAttribute('data-decision')).toBe('real …');
    answer.status = 200;
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('All decisions saved.').waitFor();
    expect(posted.map(({ finding, decision }) => [finding, decision])).toEqual([
      ['F1', 'real'],
      ['F2', 'false-call'],
    ]);
    expect(await page.locator('#row-0').getAttribute('data-decision')).toBe('real');
    // Chromium writes failed requests to its console: they are what this is about.
    expect(problems.splice(0).every((text) => text.includes('507'))).toBe(true);
  });

  it('goes to the next and the previous result', async () => {
    const { url } = await serve();
    const page = await open(url);
    await page.keyboard.press('N');
    await page.waitForURL('**/results/8');
    await painted(page);
    await page.keyboard.press('P');
    await page.waitForURL('**/results/6');
    await painted(page);
    expect(await page.getByRole('link', { name: 'Next result' }).getAttribute('href')).toBe('/results/8');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').getByText('false call').isVisible()).toBe(true);
    await page.keyboard.press('?');
    await page.keyboard.press('j');
    await page.keyboard.press('n');
    expect(await wrongOn(page)).toEqual([]);
    // The list and what was not judged keep their places beside the decisions.
    for (const part of ['#list', '#unjudged']) {
      const { y, height } = (await page.locator(part).boundingBox())!;
      expect(y + height).toBeLessThanOrEqual(721);
      expect(height).toBeGreaterThan(60);
    }
  });

  it('shows what was marked as missed before, with who and when, beside what is marked now, and on paper', async () => {
    const escapes = [
      {
        box: { x: 420, y: 300, width: 60, height: 40 },
        note: 'a <b>resistor</b>',
        by: 'Ann',
        at: '2026-11-02T08:05:00.000Z',
      },
      { box: null, note: null, by: 'Kim', at: '2026-11-03T09:00:00.000Z' },
    ];
    const { url, posted } = await serve({}, escapes);
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(url, { colorScheme });
      const list = page.getByRole('region', { name: 'Missed' });
      expect(await list.getByRole('heading').textContent()).toBe('2 missed marked by people');
      expect(await list.getByRole('listitem').allTextContents()).toEqual([
        'missed 1 by Ann, 2026-11-02 08:05 UTC: a <b>resistor</b>',
        'missed 2 by Kim, 2026-11-03 09:00 UTC, no place given',
      ]);
      const before = await painted(page);
      await list.getByRole('button').click();
      const { scale, left, top } = await painted(page);
      expect(scale).toBeGreaterThan(before.scale);
      // A light line between dark ones at the box's edge, where there was a plain board.
      const pane = (await page.locator('#pane-photo').boundingBox())!;
      const line = { x: (420 - left) * scale - 3, y: (320 - top) * scale };
      expect(line.x).toBeGreaterThan(0);
      expect(line.x).toBeLessThan(pane.width);
      const column: number[][] = await page.evaluate(
        `Array.from({ length: 40 }, (_, k) => [...document.querySelector('#pane-photo canvas').getContext('2d').getImageData(${Math.round(line.x)} * devicePixelRatio, (${Math.round(line.y)} + k) * devicePixelRatio, 1, 1).data])`,
      );
      const lights = column.map(([red = 0]) => (red > 200 ? '-' : red < 60 ? '.' : '?')).join('');
      expect(lights).toMatch(/\.-{1,3}\.+-{8,11}\.|-{8,11}\.+-{1,3}\./);
      expect(await wrongOn(page)).toEqual([]);
      await page.keyboard.press('b');
      await painted(page);
      const hidden: number[] = await page.evaluate(
        `[...document.querySelector('#pane-photo canvas').getContext('2d').getImageData(${Math.round(line.x)} * devicePixelRatio, ${Math.round(line.y)} * devicePixelRatio, 1, 1).data]`,
      );
      expect(hidden[0]).toBeGreaterThan(20);
      expect(hidden[0]).toBeLessThan(60);
    }

    const page = await open(url);
    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await page.getByText('All decisions saved.').waitFor();
    const items = page.getByRole('region', { name: 'Missed' }).getByRole('listitem');
    expect(await items.allTextContents()).toContain('missed 3');
    await page.keyboard.press('z');
    await page.getByText('All decisions saved.').waitFor();
    expect(await items.count()).toBe(2); // what others marked is not taken back
    expect(posted.map(({ decision }) => decision)).toEqual(['escape', 'undone']);

    await page.emulateMedia({ media: 'print' });
    const file = page.getByRole('region', { name: 'Case file' });
    expect(await file.getByText('Marked as missed by people').isVisible()).toBe(true);
    expect(await file.getByText('by Ann, 2026-11-02 08:05 UTC').isVisible()).toBe(true);
    expect(await file.locator('.missed-boxes text').allTextContents()).toEqual(['missed 1']);
  });

  it('shows no list of what was missed where nothing was', async () => {
    const { url } = await serve();
    const page = await open(url);
    expect(await page.getByRole('region', { name: 'Missed' }).count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Marked as missed by people').isVisible()).toBe(false);
  });
});
