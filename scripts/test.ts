import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureTestBuild } from '#testing/console-build.ts';
import { ensureBrowser } from './find-browser.ts';
import { listCases } from './list-cases.ts';
import { type Counts, type Part, RunningPart } from './test-part.ts';

const TICK_MS = 20_000;

const bin = (name: string) => `node_modules/${name}`;

const reports = await mkdtemp(path.join(os.tmpdir(), 'latchkey-reports-'));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedParts: RunningPart[] = [];
const running = new Set<RunningPart>();
let isStopped = false;

process.on('SIGTERM', () => {
  isStopped = true;
  for (const part of running) part.stop();
});
// A terminal sends it to the parts too. They end by it, and take with them what they have started.
process.on('SIGINT', () => {
  isStopped = true;
});

const types = start({ name: 'types', args: [bin('typescript/bin/tsc')] });
// Only now: the build writes files that the compiler reads.
const build = types.ended.then(ensureTestBuild);
await Promise.all([
  types.ended,
  start({ name: 'lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '.'] }).ended,
  start(vitest('unit')).ended,
  build.catch(() => {}),
]);
// One after the other: some of their tests are about waiting, and two cores are too few for both.
for (const part of [{ ...vitest('contract'), needs: build }, attacks(), browser()]) {
  if (!isStopped) await start(part).ended;
}

await rm(reports, { recursive: true, force: true });
// Last, because who keeps only the end of a long log keeps this.
for (const { name, output } of failedParts) console.log(`\n=== ${name}\n${output.trimEnd()}\n=== ${name} failed`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || isStopped ? 1 : 0;

function vitest(project: string, listed: (report: string) => string[] = () => []): Part {
  return {
    name: project,
    args: [bin('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json'],
    report: {
      to: (file) => ({ args: [`--outputFile.json=${file}`] }),
      read: (report) => {
        const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(report);
        const counts = { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
        return { ...counts, cases: listed(report) };
      },
    },
  };
}

/** What was tried and held is worth reading also when all of it held. */
function attacks(): Part {
  return { ...vitest('attacks', listCases), needs: build };
}

function browser(): Part {
  return {
    name: 'browser',
    args: [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    needs: build.then(ensureBrowser),
    report: {
      to: (file) => ({ env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }),
      read: (report) => {
        const { stats } = JSON.parse(report);
        return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
      },
    },
  };
}

/** Starts a part, and says meanwhile that it runs. What it prints is shown at the end where it fails. */
function start(part: Part): { ended: Promise<void> } {
  const started = new RunningPart(part, reports);
  running.add(started);
  console.log(`${part.name} …`);
  const ticker = setInterval(() => {
    console.log(`  ${part.name} … ${started.seconds} s  ${started.lastLine}`);
  }, TICK_MS);
  const ended = started.counts.then((counts) => {
    clearInterval(ticker);
    running.delete(started);
    for (const line of counts.cases ?? []) console.log(line);
    console.log(`${part.name}: ${counts.passed} passed, ${counts.failed} failed, ${started.seconds} s`);
    if (counts.failed > 0) failedParts.push(started);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  });
  return { ended };
}
