import type { FindRoute } from '../loopback/index.js';
import { toLink } from '../report/batch/index.js';

/** What a review serves. */
export type Route =
  | { what: 'index' }
  | { what: 'decide' }
  | { what: 'report'; folder: string }
  | { what: 'file'; folder: string; name: string; type: string };

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  json: 'application/json; charset=utf-8',
};

/**
 * Tells the routes of a review by their paths. Only folders of known results are served, and only files that a scan
 * writes into them: nothing of a path is resolved.
 * @param folders of results, with `/`
 */
export function findRoute(folders: Iterable<string>): FindRoute<Route> {
  const byLink = new Map([...folders].map((folder) => [toLink(folder), folder]));
  return (path) => {
    if (path === '') return { route: { what: 'index' }, method: 'GET' };
    if (path === 'api/decisions') return { route: { what: 'decide' }, method: 'POST' };
    const [, link, name] = /^(photos\/[^/]+)\/((?:[a-z]+\/)?[A-Za-z0-9][\w-]*\.[a-z]+)$/.exec(path) ?? [];
    const folder = link === undefined ? undefined : byLink.get(link);
    if (folder === undefined) return null;
    if (name === 'report.html') return { route: { what: 'report', folder }, method: 'GET' };
    const type = TYPES[name!.slice(name!.lastIndexOf('.') + 1)];
    return type ? { route: { what: 'file', folder, name: name!, type }, method: 'GET' } : null;
  };
}
