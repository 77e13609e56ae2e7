import type { Usage } from '../processes/meter.ts';
import type { Entrant, Stage } from '../stage.ts';

/** What a case finds out about a contestant in one round; the unit is in the name. */
export type Sample = Partial<{
  /** Per request, per chunk, or per call of the mix. */
  cpuUs: number;
  /** The database's, for the same. */
  databaseUs: number;
  perSecond: number;
  latencyP50Us: number;
  latencyP99Us: number;
  firstByteP50Us: number;
  firstByteP99Us: number;
  /** To open one stream, up to its first chunk. */
  openCpuUs: number;
  /** Per stream, with all open and nothing flowing; and the most while chunks flowed. */
  heldKiB: number;
  flowingKiB: number;
  /** Open before and after streams were abandoned; and the memory of the contestant's processes then. */
  descriptorsBefore: number;
  descriptorsAfter: number;
  memoryBeforeMiB: number;
  memoryAfterMiB: number;
  chunkDelayP50Us: number;
  chunkDelayP99Us: number;
  chunksPerRead: number;
  /** From the first chunk after the hold to the last stream's end; and as a multiple of what it should take. */
  flowMs: number;
  stretch: number;
  contestantCores: number;
  upstreamCores: number;
  generatorCores: number;
  othersCores: number;
  idleCores: number;
}>;

export type Figure = keyof Sample;

export type BenchCase = {
  name: string;
  /** One sentence for the report. */
  description: string;
  /** Left out of a quick run that is not asked for it by name. */
  isLong?: boolean;
  /** Takes minutes a contestant: left out of every run that does not ask for it by name. */
  isSoak?: boolean;
  /** Measures the contestants one after another, from `entrants[0]` on; those to which it does not apply are left out. */
  run(stage: Stage, entrants: readonly Entrant[]): Promise<Map<string, Sample>>;
};

/** The shares of a usage as figures of a sample. */
export function coresOf({ cores }: Usage): Sample {
  return {
    contestantCores: cores.contestant,
    upstreamCores: cores.upstream,
    generatorCores: cores.generator,
    othersCores: cores.others,
    idleCores: cores.idle,
  };
}

/** Measures one contestant after another. */
export async function oneByOne(
  entrants: readonly Entrant[],
  measure: (entrant: Entrant) => Promise<Sample | null>,
): Promise<Map<string, Sample>> {
  const samples = new Map<string, Sample>();
  for (const entrant of entrants) {
    const sample = await blame(entrant.name, measure(entrant));
    if (sample) samples.set(entrant.name, sample);
  }
  return samples;
}

/** Lets an error say during whose work it came. */
export async function blame<T>(contestant: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Error(`${contestant}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
