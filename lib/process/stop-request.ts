import cluster from 'node:cluster';
import { isNpmScript } from '#lib/env.ts';
import { onceParentIsGone } from './parent.ts';

/** What comes sooner is the same request once more: npm, and what ends a whole group, send a signal twice. */
const AGAIN_AFTER_MS = 1_000;

/**
 * Resolves when this process is asked to stop: by SIGTERM, SIGINT, or the end of the process that started it.
 *
 * @param onAskedAgain is called when it is asked once more later: whoever asks means now.
 */
export function stopRequested(onAskedAgain: () => void): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = () => {
      askedAt ??= performance.now();
      if (performance.now() - askedAt >= AGAIN_AFTER_MS) onAskedAgain();
      else resolve();
    };
    process.on('SIGTERM', ask).on('SIGINT', ask).once('disconnect', ask);
    // Of npm's end no channel tells. Started by hand, a process may outlive the shell it was started from.
    if (isNpmScript() && !process.connected) onceParentIsGone(resolve);
  });
}

/** Resolves when this worker is told to stop by its primary: by SIGTERM, or by the primary's end. */
export function primaryStops(): Promise<void> {
  // Ctrl-C reaches the whole group; the primary decides what it means.
  process.on('SIGINT', () => {});
  return new Promise((resolve) => {
    process.on('SIGTERM', () => resolve());
    cluster.worker?.once('disconnect', () => {
      // The primary is gone. Node would end this process at once, unless that is what we are about to do ourselves.
      if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
      resolve();
    });
  });
}
