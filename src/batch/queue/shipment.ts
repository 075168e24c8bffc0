import { resolve } from 'node:path';
import { sha256 } from '../../sha256.js';
import type { Job, Result } from '../protocol.js';

/** The queue's name, and what all its keys in Redis begin with. */
export const QUEUE = { name: 'photos', prefix: 'boardiff' } as const;

/** A job on its way to some machine. */
export interface Shipment {
  /** Of the scan: a worker with another program or another model must not take it. */
  fingerprint: string;
  /** What a worker is opened with. */
  options: unknown;
  timeoutMs: number;
  job: Job;
}

/** What comes back. */
export type Delivery =
  | { result: Result; ms: number }
  /** The results could not be written. */
  | { output: string }
  /** Workers cannot be used at all for this scan. */
  | { unusable: string; hint: string | null };

/** What the message of a failed job begins with when a worker was not the right one for it. */
export const UNFIT = 'unfit: ';

/** A job with paths that mean the same everywhere. */
export function toShipment(job: Job, more: Omit<Shipment, 'job'>): Shipment {
  return { ...more, job: { ...job, path: resolve(job.path) } };
}

/** The same shipment has the same name, so that putting it on the queue twice puts it there once. */
export function nameOf(shipment: Shipment): string {
  return `photo-${sha256(JSON.stringify(shipment)).slice(0, 32)}`;
}
