import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureBrowser } from './find-browser.ts';

type Counts = { passed: number; failed: number; skipped: number };

/** One part of `npm test`. Without a report to read, the part counts as one test. */
type Part = {
  name: string;
  args: string[];
  prepare?: () => Promise<void>;
  report?: { env: string; read: (report: string) => Counts };
};

const bin = (name: string) => `node_modules/${name}`;

const PARTS: Part[] = [
  { name: 'lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '.'] },
  { name: 'types', args: [bin('typescript/bin/tsc')] },
  vitest('unit'),
  vitest('contract'),
  {
    name: 'browser',
    args: [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    prepare: ensureBrowser,
    report: {
      env: 'PLAYWRIGHT_JSON_OUTPUT_FILE',
      read: (report) => {
        const { stats } = JSON.parse(report);
        return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
      },
    },
  },
];

const reports = await mkdtemp(path.join(os.tmpdir(), 'latchkey-reports-'));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedParts: string[] = [];
for (const part of PARTS) {
  const startedAt = Date.now();
  console.log(`\n=== ${part.name}`);
  const counts = await runPart(part);
  console.log(`=== ${part.name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds(startedAt)} s`);
  if (counts.failed > 0) failedParts.push(part.name);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
await rm(reports, { recursive: true, force: true });
if (failedParts.length > 0) console.log(`\nFailed: ${failedParts.join(', ')}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function vitest(project: string): Part {
  return {
    name: project,
    args: [bin('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json'],
    report: {
      env: 'VITEST_JSON_OUTPUT_FILE',
      read: (report) => {
        const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(report);
        return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
      },
    },
  };
}

async function runPart({ name, args, prepare, report }: Part): Promise<Counts> {
  try {
    await prepare?.();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const reportFile = path.join(reports, `${name}.json`);
  const fileArgs = report?.env === 'VITEST_JSON_OUTPUT_FILE' ? [`--outputFile.json=${reportFile}`] : [];
  const succeeded = await run([...args, ...fileArgs], report ? { [report.env]: reportFile } : {});
  if (!report) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  const counts = await readFile(reportFile, 'utf8').then(report.read, () => ({ passed: 0, failed: 0, skipped: 0 }));
  // A run that broke outside its tests, or ran none, has failed even if no test says so.
  const broke = counts.failed === 0 && (!succeeded || counts.passed === 0);
  return broke ? { ...counts, failed: 1 } : counts;
}

function run(args: string[], env: Record<string, string>): Promise<boolean> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', FORCE_COLOR: '0' },
  });
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)));
}

function seconds(startedAt: number): number {
  return Math.round((Date.now() - startedAt) / 1000);
}
