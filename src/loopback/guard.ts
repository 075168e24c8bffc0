import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a path of the address stands for, and how it is asked for; null where there is nothing. */
export type FindRoute<Route> = (path: string) => { route: Route; method: 'GET' | 'POST' } | null;

/** Why a request is turned away. */
export interface Refusal {
  status: 400 | 403 | 404 | 405 | 415;
  error: string;
}

/**
 * Lets in only what a page of this server can have sent: other pages in the same browser can reach this port too.
 * @param token that the address must carry
 * @param port that the server listens on
 * @param find tells routes by what follows the token, as it came: nothing is decoded or resolved
 */
export function guard<Route>(
  { method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  token: string,
  port: number,
  find: FindRoute<Route>,
): { route: Route } | Refusal {
  // A name that an attacker's DNS points at 127.0.0.1 arrives here with that name as its host.
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!headers.host || !hosts.includes(headers.host)) return { status: 403, error: 'Unknown host.' };
  // Taken as it came: nothing is decoded or resolved, so no spelling of a path means another one.
  const [, given, path] = /^\/([\w-]{1,100})\/([!-~]*)$/.exec(url) ?? [];
  if (given === undefined || !sameText(given, token)) {
    return { status: 403, error: 'This address does not carry the token that boardiff printed.' };
  }
  const known = find(path!);
  if (!known) return { status: 404, error: 'There is nothing at this address.' };
  if (method !== known.method) return { status: 405, error: `Expected ${known.method}, got ${method}.` };
  if (method === 'POST') {
    if (headers.origin !== `http://${headers.host}`) return { status: 403, error: 'Sent from another page.' };
    if (headers['content-type'] !== 'application/json') return { status: 415, error: 'Expected JSON.' };
  }
  return { route: known.route };
}

/** Compares hashes, so that the time it takes says nothing of the token, not even its length. */
export function sameText(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
