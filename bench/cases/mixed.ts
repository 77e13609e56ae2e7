import { outcomes } from '../load/job.ts';
import { startMeter } from '../processes/meter.ts';
import type { Entrant, Stage } from '../stage.ts';
import { type BenchCase, coresOf, oneByOne, type Sample } from './case.ts';

const STREAMS = 100;
const CALLS_PER_SECOND = 200;
/** A stream lasts a second, so that one set of them follows another. */
const STREAM_SETS_PER_SECOND = 1;

/** A fixed amount of everything, as an application would send it: no contestant is pushed to its limit. */
export const mixedCase: BenchCase = {
  name: 'mixed',
  description:
    `${STREAMS} streams at a time and with them ${CALLS_PER_SECOND} calls a second, of which every fifth has a body ` +
    'of 64 KiB; the same amount of work for all',
  run: (stage, entrants) => oneByOne(entrants, (entrant) => measure(stage, entrant)),
};

async function measure(stage: Stage, entrant: Entrant): Promise<Sample> {
  const { generator, scale } = stage;
  const { small, large } = entrant.targets;
  const calls = CALLS_PER_SECOND * scale.mixedSeconds;
  const sets = STREAM_SETS_PER_SECOND * scale.mixedSeconds;
  const targets = [small, small, small, small, large];
  const stopMeter = await startMeter(stage, entrant);
  const [outcome] = await Promise.all([
    generator.run(outcomes.paced, { kind: 'paced', targets, count: calls, perSecond: CALLS_PER_SECOND }),
    runStreamSets(stage, entrant, sets),
  ]);
  const usage = await stopMeter();
  const all = calls + sets * STREAMS;
  return { ...outcome, cpuUs: usage.contestantUs / all, databaseUs: usage.databaseUs / all, ...coresOf(usage) };
}

async function runStreamSets({ generator }: Stage, { targets }: Entrant, sets: number): Promise<void> {
  for (let i = 0; i < sets; i++) {
    await generator.run(outcomes.streams, { kind: 'streams', target: targets.stream, count: STREAMS });
  }
}
