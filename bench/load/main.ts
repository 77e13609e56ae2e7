import { z } from 'zod';
import { runClosedLoop } from './closed-loop.ts';
import { runFirstByte } from './first-byte.ts';
import { type Job, job, type Report } from './job.ts';
import { runPaced } from './paced.ts';
import { runStreams } from './streams.ts';

/** The load generator, a process of its own, so that what it costs is known. */
const order = z.object({ id: z.number(), job });

process.on('message', (message) => {
  const { id, job } = order.parse(message);
  run(job, () => tell({ id, opened: true })).then(
    (outcome) => tell({ id, outcome }),
    (error: unknown) => tell({ id, failure: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));

function run(job: Job, onOpened: () => void): Promise<unknown> {
  switch (job.kind) {
    case 'closed-loop':
      return runClosedLoop(job);
    case 'paced':
      return runPaced(job);
    case 'streams':
      return runStreams(job, onOpened);
    case 'first-byte':
      return runFirstByte(job);
  }
}

function tell(report: Report): void {
  process.send?.(report);
}
