import { outcomes } from '../load/job.ts';
import type { BenchCase } from './case.ts';

/** Between calls the machine does nothing. */
const GAP_MS = 2;

/** How long the first byte takes when nothing else goes on. The contestants take turns call by call. */
export const firstByteCase: BenchCase = {
  name: 'first-byte',
  description: `small JSON, one call at a time with ${GAP_MS} ms of rest between calls, the contestants in turn`,
  async run({ generator, scale }, entrants) {
    const targets = entrants.map((entrant) => entrant.targets.small);
    const job = { kind: 'first-byte', targets, count: scale.firstByteCalls, gapMs: GAP_MS } as const;
    const { p50Us, p99Us } = await generator.run(outcomes['first-byte'], job);
    return new Map(
      entrants.map(({ name }, index) => [name, { firstByteP50Us: p50Us[index], firstByteP99Us: p99Us[index] }]),
    );
  },
};
