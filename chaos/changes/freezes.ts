import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage.ts';

export type Freeze = { what: 'database' | 'console'; from: number; to: number };

/** In which all becomes well again. */
const PAUSE_MS = 5_000;
/** Longer than any limit of time. */
const LONG_MS = 45_000;
/** Shorter than any. */
const SHORT_MS = 2_000;

/** Holds the database and a console in turn, for long and for short. */
export async function freezeInTurn({ cluster }: Stage, consolePid: number): Promise<Freeze[]> {
  const freezes: Freeze[] = [];
  const hold = async (what: Freeze['what'], forMs: number) => {
    const freeze = { what, from: performance.now(), to: Infinity };
    freezes.push(freeze);
    if (what === 'database') await cluster.freeze();
    else process.kill(consolePid, 'SIGSTOP');
    await sleep(forMs);
    if (what === 'database') await cluster.thaw();
    else process.kill(consolePid, 'SIGCONT');
    freeze.to = performance.now();
    await sleep(PAUSE_MS);
  };
  await sleep(PAUSE_MS);
  for (let turn = 0; turn < 3; turn++) await hold('console', SHORT_MS);
  await hold('console', LONG_MS);
  for (let turn = 0; turn < 3; turn++) await hold('database', SHORT_MS);
  await hold('database', LONG_MS);
  return freezes;
}
