import { parseArgs } from 'node:util';
import { ensureConsoleBuild } from '#scripts/build-console.ts';
import { TEST_DIST_DIR } from '#testing/console-build.ts';
import { writeTable } from '../bench/report/table.ts';
import { runChanges } from './changes/run-changes.ts';
import { runChaos } from './chaos.ts';
import { runCycles } from './cycles.ts';
import { openStage } from './stage.ts';

/** `npm run chaos`: what the proxy and the console promise, held against faults. Exits with 1 when a promise was broken. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '4' },
    /** Instead: so many tokens created, used, deleted and used, with no faults. */
    cycles: { type: 'string' },
    /** Instead: only what consoles are asked for while they and the database are held; takes two minutes. */
    changes: { type: 'boolean', default: false },
  },
});

await ensureConsoleBuild(TEST_DIST_DIR);
const stage = await openStage(Number(values.workers));
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  await stage.close();
}

async function run(): Promise<boolean> {
  if (values.cycles) return reportCycles(Number(values.cycles));
  const faults = { seconds: Number(values.seconds), workers: Number(values.workers) };
  const callsHeld = values.changes || (await runChaos(stage, faults));
  return (await runChanges(stage)) && callsHeld;
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
