import { parseArgs } from 'node:util';
import { ensureConsoleBuild } from '#scripts/build-console.ts';
import { TEST_DIST_DIR } from '#testing/console-build.ts';
import { writeTable } from '../bench/report/table.ts';
import { runChaos } from './chaos.ts';
import { runCycles } from './cycles.ts';
import { openStage } from './stage.ts';

/** `npm run chaos`: what the proxy promises, held against faults. Exits with 1 when a promise was broken. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '4' },
    /** Instead: so many tokens created, used, deleted and used, with no faults. */
    cycles: { type: 'string' },
  },
});

await ensureConsoleBuild(TEST_DIST_DIR);
const stage = await openStage(Number(values.workers));
try {
  const held = values.cycles ? await reportCycles(Number(values.cycles)) : await runChaos(stage, options());
  process.exitCode = held ? 0 : 1;
} finally {
  await stage.close();
}

function options() {
  return { seconds: Number(values.seconds), workers: Number(values.workers) };
}

async function reportCycles(count: number): Promise<boolean> {
  const { receiptsMs, ...counts } = await runCycles(stage, count, Number(values.workers) * 4);
  const quantile = (share: number) =>
    receiptsMs[Math.min(receiptsMs.length - 1, Math.floor(share * receiptsMs.length))];
  const receipts = [quantile(0.5), quantile(0.99), receiptsMs.at(-1)];
  const header = [...Object.keys(counts), 'receipt p50 ms', 'p99 ms', 'longest ms'];
  console.log(`\n${writeTable(header, [[...Object.values(counts), ...receipts].map(String)])}`);
  return counts.acceptedAfterReceipt === 0 && counts.refusedTooEarly === 0;
}
