import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchContext, Contestant, RunningContestant } from './contestant.ts';
import type { Generator } from './load/generator.ts';
import { type JobOf, type Outcomes, outcomes, type Target } from './load/job.ts';
import { runWrk } from './load/wrk.ts';
import type { Scale } from './options.ts';
import { probe, type Targets } from './probe.ts';
import { cpuUsBetween, readCpu } from './processes/cpu-time.ts';
import type { Upstream } from './upstream/upstream.ts';

/** What a contestant uses when nobody calls it, as a share of one processor. */
export type IdleShare = { contestant: number; database: number };

/** A contestant that has passed its probe and is warm. */
export type Entrant = {
  name: string;
  description: string;
  version: string;
  running: RunningContestant;
  targets: Targets;
  idle: IdleShare;
  /** Ends the processes and starts fresh ones. */
  restart(): Promise<void>;
};

/** Everything that a case needs to do its work. */
export type Stage = {
  context: BenchContext;
  upstream: Upstream;
  generator: Generator;
  /** Where wrk is; null when it is missing. */
  wrk: string | null;
  scale: Scale;
};

const WARM_UP_CONNECTIONS = 16;
const WARM_UP_STREAMS = 20;
/** Of a second each. */
const MAX_WARM_UP_LOOPS = 5;

/** The contestants in `contestants/`, by name. */
export async function listContestants(): Promise<Contestant[]> {
  const directory = path.join(import.meta.dirname, 'contestants');
  const files = (await readdir(directory)).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(
    files.map(async (file) => {
      const { contestant }: { contestant: Contestant } = await import(path.join(directory, file));
      return contestant;
    }),
  );
}

/** Starts a contestant, checks its answers, and warms it up. */
export async function enter(stage: Stage, contestant: Contestant, version: string): Promise<Entrant> {
  const { name, description } = contestant;
  const running = await contestant.start(stage.context);
  const targets = await probe(running);
  const entrant: Entrant = {
    name,
    description,
    version,
    running,
    targets,
    idle: { contestant: 0, database: 0 },
    async restart() {
      await entrant.running.stop();
      entrant.running = await contestant.start(stage.context);
      entrant.targets = await probe(entrant.running);
      await warmUp(stage, entrant);
    },
  };
  await warmUp(stage, entrant);
  return entrant;
}

/** Notes what each uses while none is called. All are idle at once, so this takes one wait. */
export async function measureIdle(entrants: readonly Entrant[], seconds: number): Promise<void> {
  const read = ({ running }: Entrant) => ({
    contestant: readCpu(running.pids()),
    database: readCpu(running.databasePids?.() ?? []),
  });
  const before = new Map(entrants.map((entrant) => [entrant, read(entrant)]));
  const startedAt = performance.now();
  await sleep(seconds * 1_000);
  const elapsedUs = (performance.now() - startedAt) * 1_000;
  for (const [entrant, earlier] of before) {
    const now = read(entrant);
    entrant.idle = {
      contestant: cpuUsBetween(earlier.contestant, now.contestant) / elapsedUs,
      database: cpuUsBetween(earlier.database, now.database) / elapsedUs,
    };
  }
}

/** Runs a closed loop with wrk where it is there. */
export function runClosedLoop(stage: Stage, job: JobOf<'closed-loop'>): Promise<Outcomes['closed-loop']> {
  if (stage.wrk === null) return stage.generator.run(outcomes['closed-loop'], job);
  return runWrk(stage.wrk, job, stage.context.workDir);
}

async function warmUp(stage: Stage, { targets }: Entrant): Promise<void> {
  const streams = { kind: 'streams', target: targets.stream, count: WARM_UP_STREAMS } as const;
  await Promise.all([warmUpCalls(stage, targets.small), stage.generator.run(outcomes.streams, streams)]);
}

/** By calls and not by time: a busy machine must not leave a compiler's work to what is measured. */
async function warmUpCalls(stage: Stage, target: Target): Promise<void> {
  const loop = { kind: 'closed-loop', target, connections: WARM_UP_CONNECTIONS, durationMs: 1_000 } as const;
  let calls = 0;
  for (let i = 0; i < MAX_WARM_UP_LOOPS && calls < stage.scale.warmUpCalls; i++) {
    calls += (await runClosedLoop(stage, loop)).requests;
  }
}
