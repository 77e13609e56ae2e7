import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchModule } from './launch-module.ts';
import { supervise } from './supervise.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'latchkey-supervise-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('a process that ends is started again, and not any more once it was stopped', async () => {
  const starts = path.join(directory, 'starts');
  const modulePath = await writeModule(`
    import { appendFileSync } from 'node:fs';
    appendFileSync(process.env.STARTS, 'x');
    process.exit(3);`);
  const outcomes: [string, number][] = [];
  const restarted = new Promise<void>((resolve) => {
    const child = supervise(
      () => launchModule(modulePath, { ...process.env, STARTS: starts }),
      (outcome, pauseMs) => {
        outcomes.push([outcome, pauseMs]);
        if (outcomes.length === 2) child.stop(1_000).then(resolve);
      },
    );
  });
  await restarted;
  expect(outcomes).toEqual([
    ['ended with 3', 250],
    ['ended with 3', 500],
  ]);
  expect(await readFile(starts, 'utf8')).toBe('xx');
});

test('a process that ignores SIGTERM is ended after the grace time', async () => {
  const modulePath = await writeModule(`
    import { writeFileSync } from 'node:fs';
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
    writeFileSync(process.env.READY, String(process.pid));`);
  const ready = path.join(directory, 'ready');
  const child = supervise(
    () => launchModule(modulePath, { ...process.env, READY: ready }),
    () => {},
  );
  const pid = Number(await waitForFile(ready));
  await child.stop(100);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

let count = 0;
async function writeModule(source: string): Promise<string> {
  const file = path.join(directory, `module-${count++}.mjs`);
  await writeFile(file, source);
  return file;
}

async function waitForFile(file: string): Promise<string> {
  return expect
    .poll(() => readFile(file, 'utf8').catch(() => ''))
    .not.toBe('')
    .then(() => readFile(file, 'utf8'));
}
