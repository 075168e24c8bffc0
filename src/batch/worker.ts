import { type ChildProcess, fork } from 'node:child_process';
import { UserError } from '../errors.js';
import type { FromWorker, Job, Result, ToWorker } from './protocol.js';
import { OutputError } from './writeResult.js';

/** A worker ended or hung while it had a photo, or before it was ready. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/** Milliseconds for loading models and the reference; far more than a slow disk takes. */
const START_MS = 180_000;
/** Characters of a worker's last words that are kept. */
const LAST_WORDS = 2000;

/** What all workers of a scan are started with. */
export interface WorkerOptions {
  /** Path of the script that calls `serveWorker`. */
  script: string;
  /** Plain data, handed to `open` of the script. */
  options: unknown;
}

/** One worker process, from outside: takes jobs and gives results, one at a time. */
export class Worker<J = Job, R = Result> {
  private readonly child: ChildProcess;
  private lastWords = '';
  private settle: { take: (message: FromWorker<R>) => void; lose: (why: string) => void } | null = null;
  private lost: string | null = null;
  private count = 0;

  private constructor({ script }: WorkerOptions) {
    this.child = fork(script, [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // One thread each: the processes are what runs beside each other.
      env: { ...process.env, VIPS_CONCURRENCY: '1', OMP_NUM_THREADS: '1' },
      execArgv: [],
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-LAST_WORDS);
    });
    this.child.on('message', (message: FromWorker<R>) => this.settle?.take(message));
    this.child.on('error', (error) => this.end(`a worker could not be run: ${error.message}`));
    this.child.on('exit', (code, signal) => {
      const words = this.lastWords
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /error|fatal|abort|memory/i.test(line))[0];
      const how = signal ? `was ended by ${signal}` : `ended with status ${code}`;
      this.end(`the worker ${how}${words ? `: ${words}` : ''}`);
    });
  }

  /**
   * Starts a worker and waits until it is ready.
   * @throws UserError when what it should open cannot be used; WorkerLost when it does not get there
   */
  static async start<J = Job, R = Result>(
    options: WorkerOptions,
    kept: Set<Worker<J, R>>,
  ): Promise<Worker<J, R>> {
    const worker = new Worker<J, R>(options);
    kept.add(worker);
    const message = await worker.ask({ type: 'open', options: options.options }, START_MS);
    if (message.type === 'unusable') throw new UserError(message.message, message.hint ?? undefined);
    if (message.type !== 'ready') throw new WorkerLost(`a worker did not start: ${textOf(message)}`);
    return worker;
  }

  /**
   * Has one job done.
   * @throws WorkerLost when the worker ended or took too long, OutputError when results cannot be written
   */
  async give(job: J, timeoutMs: number): Promise<R> {
    const message = await this.ask({ type: 'job', id: ++this.count, job }, timeoutMs);
    if (message.type === 'result') return message.result;
    if (message.type === 'output') throw new OutputError(message.message);
    throw new WorkerLost(textOf(message));
  }

  /** Ends it at once. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  private ask(message: ToWorker<J>, timeoutMs: number): Promise<FromWorker<R>> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.settle = null;
      };
      const lose = (why: string) => {
        done();
        reject(new WorkerLost(why));
      };
      const timer = setTimeout(() => {
        this.kill();
        lose(`it took longer than ${timeoutMs / 1000} seconds`);
      }, timeoutMs);
      this.settle = {
        take: (answer) => {
          done();
          resolve(answer);
        },
        lose,
      };
      if (this.lost !== null) lose(this.lost);
      else this.child.send(message, (error) => error && this.end(`a worker went away: ${error.message}`));
    });
  }

  private end(why: string): void {
    this.lost ??= why;
    // What it said before it went arrives before the end; a message that waits is not lost to it.
    setImmediate(() => this.settle?.lose(this.lost!));
  }
}

function textOf(message: FromWorker<unknown>): string {
  return 'message' in message ? message.message : `unexpected answer "${message.type}"`;
}
