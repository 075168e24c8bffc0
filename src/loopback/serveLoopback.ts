import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../errors.js';
import { type FindRoute, guard } from './guard.js';
import { readBody } from './readBody.js';
import { send } from './send.js';

/** A server for the browsers of this machine. */
export interface Loopback {
  /** Where the first page is, with the token that lets one in; ends with a slash. */
  url: string;
  token: string;
  /** Settled when it has stopped. */
  stopped: Promise<void>;
  stop(): void;
}

/** What a server answers. */
export interface LoopbackOptions<Route> {
  find: FindRoute<Route>;
  /** Answers a request that passed. @param body null for GET */
  answer(
    route: Route,
    exchange: { request: IncomingMessage; response: ServerResponse; body: string | null; server: Loopback },
  ): Promise<void>;
  /** Longest body that is taken, in bytes. */
  maxBody: number;
  /** What is being written, and is written to its end before the server stops. */
  writing?: () => Promise<unknown>;
}

/** Serves pages to this machine alone, on a free port, to those who have the token. */
export async function serveLoopback<Route>(options: LoopbackOptions<Route>): Promise<Loopback> {
  const token = randomBytes(24).toString('base64url');
  let port = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const passed = guard(request, token, port, options.find);
    if ('error' in passed) return send(response, passed.status, { error: passed.error });
    const body = request.method === 'POST' ? await readBody(request, options.maxBody) : null;
    if (request.method === 'POST' && body === null) {
      response.setHeader('Connection', 'close');
      return send(response, 413, { error: `Expected at most ${sizeInWords(options.maxBody)}.` });
    }
    await options.answer(passed.route, { request, response, body, server: loopback });
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
    const writing = options.writing?.() ?? Promise.resolve();
    void writing
      .catch(() => {})
      .finally(() => {
        server.close();
        server.closeAllConnections();
      });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
  const loopback = { url: `http://127.0.0.1:${port}/${token}/`, token, stopped, stop };
  return loopback;
}

function sizeInWords(bytes: number): string {
  return bytes >= 2 ** 20 ? `${bytes >> 20} MiB` : `${bytes >> 10} KiB`;
}
