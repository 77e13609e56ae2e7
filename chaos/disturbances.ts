import { setTimeout as sleep } from 'node:timers/promises';
import { childPids } from '#testing/child-processes.ts';
import type { Stage } from './stage.ts';

export type Kind = 'worker killed' | 'console killed' | 'database stopped' | 'database frozen';

/** From its beginning until all is well again, by `performance.now()`. */
export type Disturbance = { kind: Kind; from: number; to: number };

const PAUSE_MS = 2_500;
const AWAY_MS = 3_000;

/** Ends and holds processes in turn, with pauses in which all becomes well again. */
export async function disturb(stage: Stage, until: number): Promise<Disturbance[]> {
  const acts: [Kind, () => Promise<void>][] = [
    ['worker killed', () => killWorker(stage)],
    ['console killed', () => killConsole(stage)],
    ['database stopped', () => away(stage.cluster.goAway, stage.cluster.comeBack)],
    ['worker killed', () => killWorker(stage)],
    ['database frozen', () => away(stage.cluster.freeze, stage.cluster.thaw)],
  ];
  const done: Disturbance[] = [];
  for (let turn = 0; performance.now() + PAUSE_MS < until; turn++) {
    await sleep(PAUSE_MS);
    const [kind, act] = acts[turn % acts.length] ?? acts[0] ?? [];
    if (!kind || !act) break;
    const disturbance: Disturbance = { kind, from: performance.now(), to: Infinity };
    done.push(disturbance);
    await act();
    await untilWell(stage);
    disturbance.to = performance.now();
  }
  return done;
}

async function killWorker(stage: Stage): Promise<void> {
  const pids = await childPids(stage.proxy.process.pid ?? 0);
  const victim = pids[Math.floor(Math.random() * pids.length)];
  if (victim) process.kill(victim, 'SIGKILL');
}

async function killConsole(stage: Stage): Promise<void> {
  process.kill(stage.console.pid(), 'SIGKILL');
  await sleep(500);
}

async function away(begin: () => Promise<unknown>, end: () => Promise<unknown>): Promise<void> {
  await begin();
  await sleep(AWAY_MS);
  await end();
}

/** All workers hold a lease, and the console answers. */
async function untilWell(stage: Stage): Promise<void> {
  const isConsoleThere = () =>
    fetch(stage.console.origin).then(
      () => true,
      () => false,
    );
  for (;;) {
    const trusted = await stage.untilTrusted().then(
      () => true,
      () => false,
    );
    if (trusted && (await isConsoleThere())) return;
    await sleep(50);
  }
}
