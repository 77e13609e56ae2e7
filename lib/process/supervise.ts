import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** A process that ran this long is taken to be well: the next pause is the first again. */
const SETTLED_AFTER_MS = 30_000;

export type SupervisedProcess = {
  /** Asks the process to end (SIGTERM), and ends it after `graceMs`. Resolves when it is gone; it is not restarted. */
  stop(graceMs: number): Promise<void>;
};

/**
 * Runs a process, and starts it again, with growing pauses, whenever it ends.
 *
 * @param launch starts it; called for each start.
 * @param onRestart is told how the process ended, before each pause.
 */
export function supervise(
  launch: () => ChildProcess,
  onRestart: (outcome: string, pauseMs: number) => void,
): SupervisedProcess {
  let child: ChildProcess;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  const start = () => {
    const startedAt = Date.now();
    child = launch();
    child.once('exit', (code, signal) => {
      if (stopping) return;
      if (Date.now() - startedAt > SETTLED_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      onRestart(signal ? `was ended by ${signal}` : `ended with ${code}`, pauseMs);
      timer = setTimeout(start, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };
  start();

  return {
    async stop(graceMs) {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(killer);
    },
  };
}
