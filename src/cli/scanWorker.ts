import { serveWorker } from '../batch/index.js';
import type { ScanSettings } from '../scanIdentity.js';

// A process of the pool of `boardiff scan`.
serveWorker(async (options) => (await import('../scanPhoto.js')).openScan(options as ScanSettings));
