import cluster from 'node:cluster';

/** What a worker sends as long as its event loop turns. */
const ALIVE = 'alive';
const EVERY_MS = 1_000;
/** In a row. The longest of a worker's own work takes a fraction of a second. */
const MOST_MISSED = 5;

/** Tells the primary again and again that this worker takes up what comes. */
export function showAlive(): void {
  const show = () => process.connected && process.send?.(ALIVE);
  show();
  setInterval(show, EVERY_MS).unref();
}

/**
 * Ends each worker that has shown itself and does not any more: stopped, or in a loop without end. On Linux it has a
 * socket of its own, so its share of new connections would wait for ever.
 *
 * @param onSilent is told of each, before it is ended. It is started again as one that ended by itself.
 */
export function endSilentWorkers(onSilent: (pid: number | undefined) => void): void {
  const missed = new Map<number, number>();
  cluster.on('message', ({ id }, message) => {
    if (message === ALIVE) missed.set(id, 0);
  });
  cluster.on('exit', ({ id }) => missed.delete(id));
  // Turns are counted, and no time: after the sleep of a whole machine all have been silent, and none is at fault.
  const count = () => {
    for (const [id, turns] of missed) {
      missed.set(id, turns + 1);
      if (turns < MOST_MISSED) continue;
      const { process } = cluster.workers?.[id] ?? {};
      missed.delete(id);
      onSilent(process?.pid);
      // A stopped process takes no other signal.
      process?.kill('SIGKILL');
    }
  };
  setInterval(count, EVERY_MS).unref();
}
