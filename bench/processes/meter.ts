import { setTimeout as sleep } from 'node:timers/promises';
import type { Entrant, Stage } from '../stage.ts';
import { type CpuReading, cpuUsBetween, readCpu, readEndedChildrenCpuUs, readMachineCpuUs } from './cpu-time.ts';

/** CPU time that each has used, and when that was read. */
type Reading = {
  atUs: number;
  contestant: CpuReading;
  database: CpuReading;
  upstream: CpuReading;
  generator: CpuReading;
  /** wrk, which has ended when this is read. */
  endedChildrenUs: number;
  ownUs: number;
  busyUs: number;
  idleUs: number;
};

/** What a piece of work took. */
export type Usage = {
  /** Without what they use when idle. */
  contestantUs: number;
  databaseUs: number;
  /** How busy everybody was, in processors. `others` is what the benchmark did not start. */
  cores: { contestant: number; upstream: number; generator: number; others: number; idle: number };
};

/** Work that has just ended leaves something behind: garbage, and times that the kernel has yet to add up. */
const SETTLE_MS = 60;

/** Starts measuring; the function returned ends it and says what was used since. */
export async function startMeter(stage: Stage, entrant: Entrant): Promise<() => Promise<Usage>> {
  await sleep(SETTLE_MS);
  const before = read(stage, entrant);
  return async () => {
    await sleep(SETTLE_MS);
    return compare(before, read(stage, entrant), entrant);
  };
}

function read({ upstream, generator }: Stage, { running }: Entrant): Reading {
  const own = process.cpuUsage();
  return {
    atUs: performance.now() * 1_000,
    contestant: readCpu(running.pids()),
    database: readCpu(running.databasePids?.() ?? []),
    upstream: readCpu([upstream.pid]),
    generator: readCpu([generator.pid]),
    endedChildrenUs: readEndedChildrenCpuUs(),
    ownUs: own.user + own.system,
    ...readMachineCpuUs(),
  };
}

function compare(before: Reading, after: Reading, { idle }: Entrant): Usage {
  const elapsedUs = after.atUs - before.atUs;
  const contestantUs = cpuUsBetween(before.contestant, after.contestant);
  const databaseUs = cpuUsBetween(before.database, after.database);
  const upstreamUs = cpuUsBetween(before.upstream, after.upstream);
  const generatorUs = cpuUsBetween(before.generator, after.generator) + after.endedChildrenUs - before.endedChildrenUs;
  const knownUs = contestantUs + databaseUs + upstreamUs + generatorUs + after.ownUs - before.ownUs;
  return {
    contestantUs: Math.max(0, contestantUs - idle.contestant * elapsedUs),
    databaseUs: Math.max(0, databaseUs - idle.database * elapsedUs),
    cores: {
      contestant: contestantUs / elapsedUs,
      upstream: upstreamUs / elapsedUs,
      generator: generatorUs / elapsedUs,
      others: Math.max(0, after.busyUs - before.busyUs - knownUs) / elapsedUs,
      idle: (after.idleUs - before.idleUs) / elapsedUs,
    },
  };
}
