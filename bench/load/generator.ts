import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { Cleanup } from '../setup/cleanup.ts';
import { type Job, report } from './job.ts';

/** No job takes longer: a contestant that hangs ends the run. */
const JOB_LIMIT_MS = 5 * 60_000;

type Pending = { onOpened: () => void; resolve(outcome: unknown): void; reject(error: Error): void };

/** The load generator, seen from outside its process. */
export class Generator {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(cleanup: Cleanup) {
    this.#child = fork(path.join(import.meta.dirname, 'main.ts'), { detached: true });
    cleanup.add(async () => {
      this.#child.kill();
    });
    this.pid = this.#child.pid ?? 0;
    this.#child.on('message', (message) => this.#receive(message));
    this.#child.once('exit', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('the load generator has ended'));
    });
  }

  /**
   * Does a job; several may be under way.
   *
   * @param outcome the schema in `outcomes` of the job's kind.
   * @param onOpened for a `streams` job: all streams are open.
   * @throws when a response was not as it must be, or the job takes over five minutes.
   */
  async run<T>(outcome: z.ZodType<T>, job: Job, onOpened = () => {}): Promise<T> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { onOpened, resolve, reject });
    this.#child.send({ id, job });
    const limit = sleep(JOB_LIMIT_MS, undefined, { ref: false }).then(() => {
      throw new Error(`a ${job.kind} job took over ${JOB_LIMIT_MS} ms`);
    });
    try {
      return outcome.parse(await Promise.race([promise, limit]));
    } finally {
      this.#pending.delete(id);
    }
  }

  #receive(message: unknown): void {
    const { id, opened, failure, outcome } = report.parse(message);
    const pending = this.#pending.get(id);
    if (!pending) return;
    if (opened) pending.onOpened();
    else if (failure === undefined) pending.resolve(outcome);
    else pending.reject(new Error(failure));
  }
}
