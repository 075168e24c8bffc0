import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBatchReport, readInspection, writeLists } from '../batchResults.js';
import { decisionsOf, isDecided, readLedger } from '../decisions/index.js';
import { indexDecisions } from '../indexDecisions.js';
import { type Loopback, sameText, send, sendBytes, sendPage, serveLoopback } from '../loopback/index.js';
import { type BatchReport, byUrgency, judgedPhotos, renderIndex, toLink } from '../report/batch/index.js';
import { decide } from './decide.js';
import { injectReview, type ReviewBlock } from './injectReview.js';
import { findRoute, type Route } from './routes.js';

/** Options of {@link serveReview}. */
export interface ReviewOptions {
  /** Who decides. */
  by: string;
}

/** A running review. */
export type Review = Pick<Loopback, 'url' | 'token' | 'stopped' | 'stop'>;

/** Longest decision that is taken, with its note. */
const MAX_BODY = 64 * 2 ** 10;

/**
 * Serves the pages of a batch to this machine alone, and takes decisions. Each is on the disk before it is answered,
 * so that neither the browser nor this process can lose one.
 * @param output folder that a scan wrote
 * @throws UserError when the folder cannot be read
 */
export async function serveReview(output: string, { by }: ReviewOptions): Promise<Review> {
  const report = await readBatchReport(output);
  const order = byUrgency(report.photos).flatMap(({ folder }) => folder ?? []);
  const folders = [...new Set(order)];
  const known = new Set(folders);
  // One decision after the other, so that lines do not mix.
  let writing: Promise<unknown> = Promise.resolve();
  const server = await serveLoopback<Route>({
    find: findRoute(folders),
    maxBody: MAX_BODY,
    writing: () => writing,
    async answer(route, { request, response, body, server }) {
      if (route.what === 'decide') {
        const given = request.headers['x-boardiff-token'];
        if (typeof given !== 'string' || !sameText(given, server.token))
          return send(response, 403, { error: 'Expected the token of this review in x-boardiff-token.' });
        const next = writing.then(() =>
          decide(output, body!, by, async (folder) =>
            known.has(folder) ? readInspection(output, { folder }) : null,
          ),
        );
        writing = next.catch(() => {});
        const { status, ...answer } = await next;
        return send(response, status, answer);
      }
      if (route.what === 'index') return sendPage(response, await renderSheet(output, report, by), '');
      const bytes = await readFile(
        join(output, route.folder, route.what === 'file' ? route.name : 'report.html'),
      ).catch(() => null);
      if (!bytes) return send(response, 404, { error: 'This file of the results is gone.' });
      if (route.what === 'file') return sendBytes(response, bytes, route.type);
      const block = await blockOf(output, report, folders, route.folder, server);
      sendPage(response, injectReview(bytes.toString('utf8'), block), '');
    },
  });
  // The page on the disk then says what was decided.
  const stopped = server.stopped.then(() => writeLists(output, report));
  return { url: server.url, token: server.token, stopped, stop: server.stop };
}

async function renderSheet(output: string, report: BatchReport, by: string): Promise<string> {
  const decisions = indexDecisions(report, await readLedger(output));
  const remarks = [`Reviewing as ${by}. Each decision is kept at once.`, ...decisions.remarks];
  return renderIndex(report, { ...decisions, remarks });
}

async function blockOf(
  output: string,
  report: BatchReport,
  folders: readonly string[],
  folder: string,
  { url, token }: Pick<Loopback, 'url' | 'token'>,
): Promise<ReviewBlock> {
  const { entries } = await readLedger(output);
  const photos = judgedPhotos(report);
  const decisions = decisionsOf(photos, entries);
  const said = decisions.get(folder);
  const base = new URL(url).pathname;
  const open = new Set(
    photos.filter((photo) => !isDecided(photo, decisions.get(photo.folder))).map((photo) => photo.folder),
  );
  const at = folders.indexOf(folder);
  const addressOf = (other: string | undefined) =>
    other === undefined ? null : `${base}${toLink(other)}/report.html`;
  return {
    token,
    base,
    result: folder,
    decisions: Object.fromEntries(
      [...(said?.findings ?? [])].map(([id, { entry, carried }]) => {
        const { decision, note, by, at } = entry;
        return [id, { decision, note, by, at, carried }];
      }),
    ),
    escapes: (said?.escapes ?? []).map(({ box, note, by, at }) => ({ box, note, by, at })),
    next: addressOf(folders[at + 1]),
    previous: addressOf(folders[at - 1]),
    nextOpen: addressOf([...folders.slice(at + 1), ...folders.slice(0, at)].find((other) => open.has(other))),
  };
}
