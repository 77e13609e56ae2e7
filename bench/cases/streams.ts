import { outcomes } from '../load/job.ts';
import { readPssKiB } from '../processes/memory.ts';
import { startMeter } from '../processes/meter.ts';
import type { Entrant, Stage } from '../stage.ts';
import { CHUNKS_PER_STREAM } from '../wire/payloads.ts';
import { type BenchCase, coresOf, oneByOne, type Sample } from './case.ts';

type StreamOptions = {
  name: string;
  count: number;
  intervalMs: number;
  /**
   * Whether to measure memory: from fresh processes, which have not kept that of earlier work, where the scale allows
   * for restarts.
   */
  memory: boolean;
  isSoak?: boolean;
};

/** How often memory is read while chunks flow. */
const WATCH_MS = 250;

/** What the upstream sends each stream after it was held: all chunks but the first, and the end. */
const WRITES_PER_STREAM = CHUNKS_PER_STREAM;

/** A case in which streams are opened, held, and then all flow at once. */
export function streamsCase(options: StreamOptions): BenchCase {
  const { name, count, intervalMs, memory, isSoak } = options;
  return {
    name,
    isLong: memory,
    isSoak,
    description:
      `${count.toLocaleString('en')} streams at once, ${CHUNKS_PER_STREAM} chunks each at ${intervalMs} ms; ` +
      `the chunks flow when all streams are open${memory ? '; from fresh processes' : ''}`,
    run: (stage, entrants) =>
      oneByOne(entrants, async (entrant) => {
        const measuresMemory = memory && stage.scale.restarts;
        if (measuresMemory) await entrant.restart();
        const { heldKiB, flowingKiB, ...sample } = await measure(stage, entrant, options);
        return measuresMemory ? { ...sample, heldKiB, flowingKiB } : sample;
      }),
  };
}

async function measure(stage: Stage, entrant: Entrant, { count, intervalMs }: StreamOptions): Promise<Sample> {
  const { upstream, generator } = stage;
  const pids = entrant.running.pids();
  const emptyKiB = readPssKiB(pids);
  await upstream.tell({ kind: 'hold', intervalMs });
  const stopOpening = await startMeter(stage, entrant);
  const opened = Promise.withResolvers<void>();
  const job = { kind: 'streams', target: entrant.targets.stream, count } as const;
  const ended = generator.run(outcomes.streams, job, opened.resolve);
  // A failure while opening must not wait for streams that never open.
  await Promise.race([opened.promise, ended]);
  const opening = await stopOpening();
  const heldKiB = readPssKiB(pids);

  const stopFlowing = await startMeter(stage, entrant);
  const flow = watchMemory(pids);
  await upstream.tell({ kind: 'release' });
  const outcome = await ended.finally(flow.stop);
  const flowing = await stopFlowing();
  await upstream.tell({ kind: 'reset' });
  const writes = count * WRITES_PER_STREAM;
  return {
    ...outcome,
    cpuUs: flowing.contestantUs / writes,
    openCpuUs: opening.contestantUs / count,
    databaseUs: opening.databaseUs / count,
    stretch: outcome.flowMs / (CHUNKS_PER_STREAM * intervalMs),
    heldKiB: (heldKiB - emptyKiB) / count,
    flowingKiB: (Math.max(heldKiB, flow.mostKiB()) - emptyKiB) / count,
    ...coresOf(flowing),
  };
}

function watchMemory(pids: number[]): { mostKiB(): number; stop(): void } {
  let mostKiB = 0;
  const timer = setInterval(() => {
    mostKiB = Math.max(mostKiB, readPssKiB(pids));
  }, WATCH_MS);
  return { mostKiB: () => mostKiB, stop: () => clearInterval(timer) };
}
