import { type Loopback, send, sendPage, serveLoopback } from '../loopback/index.js';
import { openLayout } from '../openLayout.js';
import { pagePolicy, renderLayoutPage } from '../report/layout/index.js';
import { saveLayout } from './saveLayout.js';

/** Longest description that is taken: that of the largest file a reference may be. */
const MAX_BODY = 64 * 2 ** 20;

/** A running editor; it stops by its own button or by `stop`. */
export type Editor = Pick<Loopback, 'url' | 'stopped' | 'stop'>;

const ROUTES = {
  '': { route: 'page', method: 'GET' },
  save: { route: 'save', method: 'POST' },
  stop: { route: 'stop', method: 'POST' },
} as const;

/**
 * Serves the editor of a reference folder's layout to this machine alone, on a free port.
 * @throws UserError when the folder holds no reference
 */
export async function serveEditor(folder: string): Promise<Editor> {
  await openLayout(folder); // a folder without a reference is a failure of the command, not of the page
  // One save after the other, so that each finds what the one before has written.
  let saving: Promise<unknown> = Promise.resolve();
  return serveLoopback<(typeof ROUTES)[keyof typeof ROUTES]['route']>({
    find: (path) => (Object.hasOwn(ROUTES, path) ? ROUTES[path as keyof typeof ROUTES] : null),
    maxBody: MAX_BODY,
    writing: () => saving,
    async answer(route, { response, body, server }) {
      if (route === 'page') {
        const view = await openLayout(folder);
        const page = await renderLayoutPage(view, { revision: view.revision });
        return sendPage(response, page, pagePolicy(true));
      }
      if (route === 'stop') {
        response.on('finish', server.stop);
        return send(response, 200, {});
      }
      const save = saving.then(() => saveLayout(folder, body!));
      saving = save;
      const { status, ...result } = await save;
      send(response, status, result);
    },
  });
}
