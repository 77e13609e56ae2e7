import { expect, test } from 'vitest';
import { PasswordQueue, QueueFullError } from './password-queue.ts';

test('so much is done at once, so much waits, and the rest is refused without being done', async () => {
  const queue = new PasswordQueue({ atOnce: 2, waiting: 3 });
  const works = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
  const begun: number[] = [];
  const results = works.map(({ promise }, i) =>
    queue.run(async () => {
      begun.push(i);
      await promise;
      return i;
    }),
  );
  const refused = await Promise.allSettled(results.slice(5));
  expect(refused.map((result) => result.status === 'rejected' && result.reason instanceof QueueFullError)).toEqual(
    Array(5).fill(true),
  );
  expect(begun).toEqual([0, 1]);
  works[1]?.resolve();
  expect(await results[1]).toBe(1);
  expect(begun).toEqual([0, 1, 2]);
  for (const { resolve } of works) resolve();
  expect(await Promise.all(results.slice(0, 5))).toEqual([0, 1, 2, 3, 4]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test('work that fails makes room for the next', async () => {
  const queue = new PasswordQueue({ atOnce: 1, waiting: 1 });
  const failing = queue.run(() => Promise.reject(new Error('broken')));
  const next = queue.run(async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
  expect(await queue.run(async () => 'again')).toBe('again');
});
