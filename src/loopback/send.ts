import type { ServerResponse } from 'node:http';

/** Sends a page. @param policy content security policy, beside what the page itself says */
export function sendPage(response: ServerResponse, page: string, policy: string): void {
  setHeaders(response);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Security-Policy', `${policy}${policy ? '; ' : ''}frame-ancestors 'none'`);
  response.end(page);
}

/** Sends JSON. */
export function send(response: ServerResponse, status: number, body: object): void {
  setHeaders(response);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.end(JSON.stringify(body));
}

/** Sends a picture. @param type its media type */
export function sendBytes(response: ServerResponse, bytes: Uint8Array, type: string): void {
  setHeaders(response);
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.end(bytes);
}

/** The token stays with this page: in no cache, in no other site's log. */
function setHeaders(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
}
