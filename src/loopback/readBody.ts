import type { IncomingMessage } from 'node:http';

/**
 * The body of a request as text, or null once it is longer than allowed: the rest is then read by nobody.
 * @param most bytes
 */
export async function readBody(request: IncomingMessage, most: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return null;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
