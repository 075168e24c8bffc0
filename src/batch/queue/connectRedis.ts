import { Redis } from 'ioredis';
import { messageOf, UserError } from '../../errors.js';

/** Milliseconds in which a server must answer at the start. Later it may be away for as long as it likes. */
const ANSWER_MS = 5000;

/**
 * Connects to a Redis server. A connection that breaks later is made again, and what was asked meanwhile waits.
 * @param url like redis://host:6379, rediss:// with TLS
 * @throws UserError when it is none, or nothing answers
 */
export async function connectRedis(url: string): Promise<Redis> {
  const place = placeOf(url);
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy: (times) => Math.min(200 * times, 2000),
  });
  let why = `no answer within ${ANSWER_MS / 1000} seconds`;
  // Without a listener every failed attempt would be written to the terminal.
  redis.on('error', (error) => {
    why = messageOf(error).split('\n')[0] || why;
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      redis.ping(),
      new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(why)), ANSWER_MS);
      }),
    ]);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new UserError(
      `--queue: expected a Redis server at ${place}, got none: ${messageOf(error) === why ? why : messageOf(error)}`,
      'Check the address, and that the server runs and takes connections from this machine.',
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Host and port of a queue, for messages: its password stays out of them. */
export function placeOf(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    if ((protocol === 'redis:' || protocol === 'rediss:') && host !== '') return host;
  } catch {
    // Told below.
  }
  throw new UserError(
    '--queue: expected an address like redis://host:6379, got something else',
    'Use rediss:// for a server with TLS.',
  );
}
