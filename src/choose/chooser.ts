import { fileURLToPath } from 'node:url';
import { Worker, WorkerLost } from '../batch/index.js';
import { messageOf, UserError } from '../errors.js';
import type { Answer, ChooserSettings, Question } from './openChooser.js';
import type { Plan, ReferenceSource } from './plan.js';
import { toPlan } from './toPlan.js';

const SCRIPT = fileURLToPath(new URL('./chooserProcess.js', import.meta.url));
/** Milliseconds for one small copy of a photo and its features; far more than a slow disk takes. */
const LONGEST_MS = 60_000;
/** References learned between two words about it. */
const TELL_EVERY = 50;

/**
 * Says which of many references a photo shows. It does so in a process of its own, one a scan: the features of
 * hundreds of references are held once, and a photo that breaks a decoder breaks nothing else.
 */
export class Chooser {
  private process: Worker<Question, Answer> | null = null;
  private readonly alive = new Set<Worker<Question, Answer>>();

  constructor(
    private readonly references: readonly ReferenceSource[],
    private readonly settings: ChooserSettings,
    private readonly say: (message: string) => void,
  ) {}

  /**
   * What a photo is to be compared with.
   * @returns null where the photo cannot be looked at: whoever opens it next says why
   * @throws UserError when a reference cannot be learned
   */
  async choose(photo: string): Promise<Plan | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.process ??= await this.start();
        const answer = await this.process.give({ photo }, LONGEST_MS);
        return 'ranked' in answer ? toPlan(this.references, answer.ranked) : null;
      } catch (error) {
        if (!(error instanceof WorkerLost)) throw error;
        this.end();
        if (attempt > 1) return null;
      }
    }
  }

  /** Ends the process. */
  end(): void {
    for (const one of this.alive) one.kill();
    this.alive.clear();
    this.process = null;
  }

  private async start(): Promise<Worker<Question, Answer>> {
    const fresh = await Worker.start<Question, Answer>(
      { script: SCRIPT, options: this.settings },
      this.alive,
    );
    for (const [k, reference] of this.references.entries()) {
      let answer: Answer;
      try {
        answer = await fresh.give({ learn: reference }, LONGEST_MS);
      } catch (error) {
        throw new UserError(`${reference.path}: expected a reference to learn, but ${messageOf(error)}`);
      }
      if ('wrong' in answer) throw new UserError(answer.wrong, answer.hint ?? undefined);
      if ((k + 1) % TELL_EVERY === 0)
        this.say(`${k + 1} of ${this.references.length} references looked at\n`);
    }
    return fresh;
  }
}
