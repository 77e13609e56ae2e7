import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runLogging, runLoggingTo } from '#testing/run-logging.ts';

const lineSchema = z.object({ n: z.number(), msg: z.literal('call') });

const readLines = (log: string) =>
  log
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)).n);

test('what is logged just before the end is written', async () => {
  const child = runLogging(`logger.info({ n: 1 }, 'call'); logger.info({ n: 2 }, 'call'); process.exit(0);`);
  expect(readLines(await text(child.stderr))).toEqual([1, 2]);
});

test('a process that comes to its end by itself has written all', async () => {
  const child = runLogging(`for (let n = 0; n < 1000; n += 1) logger.info({ n }, 'call');`);
  expect(readLines(await text(child.stderr))).toHaveLength(1_000);
});

test('whoever does not read the log holds nobody up, and loses whole lines', async () => {
  const child = runLogging(`
    for (let n = 0; n < 20_000; n += 1) {
      logger.info({ n, text: 'x'.repeat(1_000) }, 'call');
      if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    console.log('not held up');
  `);
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('not held up\n');
  const numbers = readLines(await text(child.stderr));
  // Of 20 MB the last 8 MiB at most have waited.
  expect(numbers.length).toBeGreaterThan(7_000);
  expect(numbers.length).toBeLessThan(10_000);
});

// Every write to /dev/full fails with ENOSPC; full(4).
describe.runIf(process.platform === 'linux')('a log on a full disk', () => {
  /** Long enough to be handed on at once; resolves when it could not be written. */
  const logInVain = `
    const logInVain = async (n) => {
      logger.info({ n, text: 'x'.repeat(70_000) }, 'call');
      while (process.getActiveResourcesInfo().includes('FSReqCallback')) await new Promise(setImmediate);
    };`;

  async function runOnFullDisk(program: string) {
    const full = openSync('/dev/full', 'w');
    const ended = await runLoggingTo(full, `${logInVain} ${program}`);
    closeSync(full);
    return ended;
  }

  test('holds up neither what goes on nor the end', async () => {
    const { said, code } = await runOnFullDisk(`
      for (let n = 0; n < 200; n += 1) await logInVain(n);
      logger.info({ n: 200 }, 'call');
      console.log('not held up');
      process.exit(7);
    `);
    expect(said).toBe('not held up\n');
    expect(code).toBe(7);
  });

  test('goes on with what has waited, in whole lines, once there is room', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'latchkey-log-'));
    const file = path.join(directory, 'log');
    // The file takes the number that was given back: the lowest that is free, open(2).
    const { said } = await runOnFullDisk(`
      const { closeSync, openSync } = await import('node:fs');
      for (let n = 0; n < 200; n += 1) await logInVain(n);
      closeSync(2);
      console.log(openSync(${JSON.stringify(file)}, 'a'));
      logger.info({ n: 200 }, 'call');
    `);
    expect(said).toBe('2\n');
    const numbers = readLines(await readFile(file, 'utf8'));
    await rm(directory, { recursive: true });
    // Of 14 MB the first 8 MiB have waited.
    expect(numbers.length).toBeGreaterThan(110);
    expect(numbers).toEqual([...numbers.slice(0, -1).keys(), 200]);
  });
});
