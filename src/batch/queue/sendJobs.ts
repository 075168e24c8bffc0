import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job as BullJob, Queue } from 'bullmq';
import { UserError } from '../../errors.js';
import type { PoolOptions, RunJobs } from '../pool.js';
import type { Work } from '../protocol.js';
import { lostTwice } from '../seat.js';
import { OutputError } from '../writeResult.js';
import { connectRedis, placeOf } from './connectRedis.js';
import { type Delivery, nameOf, QUEUE, type Shipment, toShipment, UNFIT } from './shipment.js';

/** Photos on the queue at once: enough for as many workers, few enough to look at all of them twice a second. */
const MOST = 256;
const LOOK_MS = 400;
/** Times a photo is given out at most. */
const ATTEMPTS = 2;
/** Looks until results that another machine has written must be seen here. */
const LOOKS_FOR_RESULTS = 25;
/** Milliseconds without a worker after which that is said. */
const NO_WORKER_MS = 10_000;
/** Seconds after which what a killed scan left on the queue is swept away. */
const KEEP = { age: 86_400 };

/** A photo that is on the queue. */
interface Sent<T> {
  item: T;
  shipment: Shipment;
  attempts: number;
  looks: number;
}

/**
 * Has the jobs of a scan done by `boardiff worker` on any machine. The queue is only a way to them: what is on it is
 * compared with what should be, again and again, so that it does not matter what a server forgets or delivers twice.
 * @param url of the Redis server
 * @param fingerprint of the scan
 * @returns stands in for the pool of a scan
 */
export function sendJobs(url: string, fingerprint: string, say: (message: string) => void): RunJobs {
  return async <T extends Work>({ queue: items, worker, timeoutMs, onResult, stop, now }: PoolOptions<T>) => {
    const redis = await connectRedis(url);
    const queue = new Queue<Shipment, Delivery>(QUEUE.name, { connection: redis, prefix: QUEUE.prefix });
    queue.on('error', () => {}); // a broken connection is made again
    const sent = new Map<string, Sent<T>>();
    let allTaken = false;
    const abort = () => redis.disconnect();
    now.addEventListener('abort', abort);

    const put = async (name: string, shipment: Shipment) => {
      // What an earlier scan left finished is not asked for.
      const old = await queue.getJob(name);
      if (old?.finishedOn) await old.remove().catch(() => {});
      await queue.add('photo', shipment, { jobId: name, removeOnComplete: KEEP, removeOnFail: KEEP });
    };
    const send = async () => {
      for (let item = await items.take(); item !== undefined; item = await items.take()) {
        const shipment = toShipment(item.job, { fingerprint, options: worker.options, timeoutMs });
        const name = nameOf(shipment);
        await put(name, shipment);
        sent.set(name, { item, shipment, attempts: 1, looks: 0 });
        while (sent.size >= MOST && !now.aborted) await sleep(LOOK_MS);
      }
      allTaken = true;
    };
    /** Looks at one photo; true when it is done. */
    const look = async (name: string, one: Sent<T>): Promise<boolean> => {
      const job = await queue.getJob(name);
      if (!job) await put(name, one.shipment);
      if (!job?.finishedOn) return false;
      if (!job.failedReason) {
        if (!(await receive(job, one, onResult))) return false;
      } else if (job.failedReason.startsWith(UNFIT) || one.attempts++ < ATTEMPTS) {
        await put(name, one.shipment);
        return false;
      } else await onResult(one.item, lostTwice(job.failedReason), 0);
      await job.remove().catch(() => {});
      return true;
    };
    const watch = async () => {
      let called = false;
      const missing = noticeMissing(queue, say, placeOf(url));
      while (!(allTaken && sent.size === 0)) {
        if (stop.aborted && !called) {
          called = true;
          await callBack(queue, sent);
        }
        for (const [name, one] of sent) if (await look(name, one)) sent.delete(name);
        if (sent.size > 0) await missing();
        await sleep(LOOK_MS);
      }
    };
    try {
      await Promise.all([send(), watch()]);
    } catch (error) {
      items.close(true);
      if (!now.aborted) throw error;
    } finally {
      now.removeEventListener('abort', abort);
      await queue.close().catch(() => {});
      redis.disconnect();
    }
  };
}

/** Hands on what came back. @returns false while results that were written are not to be seen here yet */
async function receive<T extends Work>(
  { returnvalue }: BullJob<Shipment, Delivery>,
  one: Sent<T>,
  onResult: PoolOptions<T>['onResult'],
): Promise<boolean> {
  if ('output' in returnvalue) throw new OutputError(returnvalue.output);
  if ('unusable' in returnvalue) throw new UserError(returnvalue.unusable, returnvalue.hint ?? undefined);
  const { result, ms } = returnvalue;
  const { folder } = one.item.job;
  if (result.written && !existsSync(folder)) {
    if (++one.looks < LOOKS_FOR_RESULTS) return false;
    throw new UserError(
      `${folder}: expected the results that a worker has written, got nothing`,
      'The folders of photos and results must have the same path on all machines.',
    );
  }
  await onResult(one.item, result, ms);
  return true;
}

/** Takes what no worker has begun off the queue. */
async function callBack<T>(queue: Queue<Shipment, Delivery>, sent: Map<string, Sent<T>>): Promise<void> {
  for (const name of sent.keys()) {
    const job = await queue.getJob(name);
    const removed = await job?.remove().then(
      () => true,
      () => false, // a worker has it
    );
    if (removed ?? true) sent.delete(name);
  }
}

/** Says once when nobody takes photos from the queue. */
function noticeMissing(
  queue: Queue<Shipment, Delivery>,
  say: (message: string) => void,
  place: string,
): () => Promise<void> {
  let since = Date.now();
  let said = false;
  return async () => {
    if (said || Date.now() - since < NO_WORKER_MS) return;
    since = Date.now();
    if ((await queue.getWorkersCount()) > 0) return;
    said = true;
    say(`No worker takes photos from the queue at ${place}. Start one with: boardiff worker --queue …\n`);
  };
}
