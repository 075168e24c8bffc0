import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../errors.js';
import { openLayout } from '../openLayout.js';
import { pagePolicy, renderLayoutPage } from '../report/layout/index.js';
import { guard } from './guard.js';
import { readBody } from './readBody.js';
import { saveLayout } from './saveLayout.js';

/** Longest description that is taken: that of the largest file a reference may be. */
const MAX_BODY = 64 * 2 ** 20;

/** A running editor. */
export interface Editor {
  /** Where the page is, with the token that lets one in. */
  url: string;
  /** Settled when it has stopped, by its own button or by {@link Editor.stop}. */
  stopped: Promise<void>;
  stop(): void;
}

/**
 * Serves the editor of a reference folder's layout to this machine alone, on a free port.
 * @throws UserError when the folder holds no reference
 */
export async function serveEditor(folder: string): Promise<Editor> {
  await openLayout(folder); // a folder without a reference is a failure of the command, not of the page
  const token = randomBytes(24).toString('base64url');
  let port = 0;
  // One save after the other, so that each finds what the one before has written.
  let saving: Promise<unknown> = Promise.resolve();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = guard(request, token, port);
    if (typeof route === 'object') return send(response, route.status, { error: route.error });
    if (route === 'page') {
      const view = await openLayout(folder);
      return sendPage(response, await renderLayoutPage(view, { revision: view.revision }));
    }
    const body = await readBody(request, MAX_BODY);
    if (body === null) {
      response.setHeader('Connection', 'close');
      return send(response, 413, { error: `Expected at most ${MAX_BODY >> 20} MiB.` });
    }
    if (route === 'stop') {
      response.on('finish', stop);
      return send(response, 200, {});
    }
    const save = saving.then(() => saveLayout(folder, body));
    saving = save;
    const { status, ...result } = await save;
    send(response, status, result);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, { error: messageOf(error) });
      else response.destroy();
    });
  });
  const stopped = new Promise<void>((resolve) => server.on('close', resolve));
  function stop(): void {
    // What is being written is written to its end; connections kept open by a browser would hold the process.
    void saving.finally(() => {
      server.close();
      server.closeAllConnections();
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
  return { url: `http://127.0.0.1:${port}/${token}/`, stopped, stop };
}

function sendPage(response: ServerResponse, page: string): void {
  setHeaders(response);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Security-Policy', `${pagePolicy(true)}; frame-ancestors 'none'`);
  response.end(page);
}

function send(response: ServerResponse, status: number, body: object): void {
  setHeaders(response);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.end(JSON.stringify(body));
}

/** The token stays with this page: in no cache, in no other site's log. */
function setHeaders(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
}
