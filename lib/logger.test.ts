import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { runLogging } from '#testing/run-logging.ts';

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
