import { Worker as BullWorker } from 'bullmq';
import { messageOf, UserError } from '../../errors.js';
import { Seat } from '../seat.js';
import { OutputError } from '../writeResult.js';
import { connectRedis } from './connectRedis.js';
import { type Delivery, QUEUE, type Shipment, UNFIT } from './shipment.js';

/** A worker that has not been heard of for so long has lost its photo to the others. */
const LOST_MS = 10_000;
/** Losing a photo is no fault of the photo: each loss is the end of a machine or of a connection. */
const LOSSES = 1000;

/** Options of {@link takeJobs}. */
export interface TakeOptions {
  /** Script that calls `serveWorker`. */
  script: string;
  /** Photos beside each other, each in a process of its own. */
  workers: number;
  /** The fingerprint that a scan with these options has on this machine. @throws UserError when files are missing */
  fingerprintOf: (options: unknown) => Promise<string>;
  /** Called when a photo is done. */
  onDone: (path: string, status: string, ms: number) => void;
  /** Aborted to finish what is running and take nothing more. */
  stop: AbortSignal;
  /** Aborted to end everything at once. */
  now: AbortSignal;
}

/** A seat and what its worker was opened with. */
interface Place {
  seat: Seat;
  opened: string;
}

/**
 * Takes photos from a queue until it is stopped.
 * @throws UserError when there is no server, or a scan needs another program or other models than are here
 */
export async function takeJobs(url: string, options: TakeOptions): Promise<void> {
  const { script, workers, fingerprintOf, onDone, stop, now } = options;
  const redis = await connectRedis(url);
  const free: Place[] = [];
  const all = new Set<Seat>();
  let misfit: UserError | null = null;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });

  /** A seat that was opened like this, or else one that is opened anew. */
  const placeFor = ({ options, timeoutMs }: Shipment): Place => {
    const opened = JSON.stringify([options, timeoutMs]);
    const at = free.findIndex((place) => place.opened === opened);
    if (at >= 0) return free.splice(at, 1)[0]!;
    if (all.size >= workers) {
      const other = free.shift();
      other?.seat.end();
      if (other) all.delete(other.seat);
    }
    const seat = new Seat({ script, options }, timeoutMs, now);
    all.add(seat);
    return { seat, opened };
  };
  const take = async ({ data }: { data: Shipment }): Promise<Delivery> => {
    misfit ??= await whyUnfit(data, fingerprintOf);
    if (misfit) {
      end();
      throw new Error(`${UNFIT}${misfit.message}`);
    }
    const place = placeFor(data);
    try {
      const done = await place.seat.inspect(data.job);
      onDone(data.job.path, done.result.status, done.ms);
      return done;
    } catch (error) {
      if (error instanceof OutputError) return { output: error.message };
      if (error instanceof UserError) return { unusable: error.message, hint: error.hint ?? null };
      throw error;
    } finally {
      free.push(place);
    }
  };

  const worker = new BullWorker<Shipment, Delivery>(QUEUE.name, take, {
    connection: redis,
    prefix: QUEUE.prefix,
    concurrency: workers,
    lockDuration: LOST_MS,
    stalledInterval: LOST_MS / 2,
    maxStalledCount: LOSSES,
  });
  worker.on('error', () => {}); // a broken connection is made again, a photo that was lost with it comes again
  const abort = () => {
    for (const seat of all) seat.end();
    end();
  };
  stop.addEventListener('abort', end);
  now.addEventListener('abort', abort);
  try {
    await ended;
    const closing = worker.close(now.aborted).catch(() => {});
    await Promise.race([closing, new Promise((resolve) => now.addEventListener('abort', resolve))]);
  } finally {
    stop.removeEventListener('abort', end);
    now.removeEventListener('abort', abort);
    for (const seat of all) seat.end();
    redis.disconnect();
  }
  if (misfit) throw misfit;
}

/** Why this machine must not take a photo of a scan, or null. */
async function whyUnfit(
  { fingerprint, options }: Shipment,
  fingerprintOf: TakeOptions['fingerprintOf'],
): Promise<UserError | null> {
  try {
    const own = await fingerprintOf(options);
    if (own === fingerprint) return null;
    return new UserError(
      'expected the program and the models that the scan has, got others on this machine',
      'Install the same version of boardiff on all machines, with the model at the same path.',
    );
  } catch (error) {
    if (error instanceof UserError) return error;
    return new UserError(messageOf(error));
  }
}
