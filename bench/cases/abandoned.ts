import { setTimeout as sleep } from 'node:timers/promises';
import { outcomes } from '../load/job.ts';
import { countDescriptors } from '../processes/descriptors.ts';
import { readPssKiB } from '../processes/memory.ts';
import { startMeter } from '../processes/meter.ts';
import type { Entrant, Stage } from '../stage.ts';
import { CHUNK_INTERVAL_MS } from '../wire/payloads.ts';
import { type BenchCase, oneByOne, type Sample } from './case.ts';

/** 10,000 in all. More at once would need more descriptors than a process has: each stream takes two of a proxy's. */
const WAVES = 5;
const STREAMS_A_WAVE = 2_000;

/** A client that goes is noticed within a second; memory is given back a little later. */
const SETTLE_MS = 10_000;

const KIB_PER_MIB = 1_024;

/** What is left in a contestant's processes of streams whose clients went. */
export const abandonedCase: BenchCase = {
  name: 'abandoned',
  description:
    `${(WAVES * STREAMS_A_WAVE).toLocaleString('en')} streams, ${STREAMS_A_WAVE.toLocaleString('en')} at a time, whose ` +
    `clients close their connections after the first chunk; the figures after are of ${SETTLE_MS / 1_000} s later`,
  isSoak: true,
  run: (stage, entrants) => oneByOne(entrants, (entrant) => measure(stage, entrant)),
};

async function measure(stage: Stage, entrant: Entrant): Promise<Sample> {
  // A first wave lets pools and heaps grow to what the others need, too.
  await abandonWave(stage, entrant);
  await sleep(SETTLE_MS);
  const pids = entrant.running.pids();
  const before = { descriptors: countDescriptors(pids), memoryKiB: readPssKiB(pids) };
  const stopMeter = await startMeter(stage, entrant);
  for (let wave = 0; wave < WAVES; wave++) await abandonWave(stage, entrant);
  const usage = await stopMeter();
  await sleep(SETTLE_MS);
  return {
    openCpuUs: usage.contestantUs / (WAVES * STREAMS_A_WAVE),
    descriptorsBefore: before.descriptors,
    descriptorsAfter: countDescriptors(pids),
    memoryBeforeMiB: before.memoryKiB / KIB_PER_MIB,
    memoryAfterMiB: readPssKiB(pids) / KIB_PER_MIB,
  };
}

async function abandonWave({ upstream, generator }: Stage, { targets }: Entrant): Promise<void> {
  await upstream.tell({ kind: 'hold', intervalMs: CHUNK_INTERVAL_MS });
  const job = { kind: 'streams', target: targets.stream, count: STREAMS_A_WAVE, isAbandoned: true } as const;
  await generator.run(outcomes.streams, job);
  await upstream.tell({ kind: 'reset' });
}
