import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, listTree } from '../processes/process-tree.ts';

type Undo = () => Promise<void>;

/** A step that hangs must not keep the others from being taken. */
const STEP_LIMIT_MS = 15_000;

/** Everything that a run has started or written and that must be gone when it ends, however it ends. */
export class Cleanup {
  readonly #steps: Undo[] = [];
  #closing = false;

  /**
   * Registers how to undo what was just done; call it before anything else is awaited.
   *
   * @returns undoes it now, once.
   * @throws when the run is ending already, after undoing it.
   */
  add(undo: Undo): Undo {
    let done: Promise<void> | undefined;
    const once = () => {
      done ??= undo();
      return done;
    };
    if (this.#closing) {
      once().catch((error: unknown) => console.error(error));
      throw new Error('the run is ending');
    }
    this.#steps.push(once);
    return once;
  }

  /** Undoes everything, last first, and ends what is left of this process's descendants. */
  async run(): Promise<void> {
    this.#closing = true;
    for (const step of this.#steps.reverse()) {
      const limit = sleep(STEP_LIMIT_MS, undefined, { ref: false }).then(() => console.error('A clean-up step hangs.'));
      await Promise.race([step(), limit]).catch((error: unknown) => console.error(error));
    }
    for (const pid of listTree([process.pid]).slice(1).reverse()) endProcess(pid);
  }
}
