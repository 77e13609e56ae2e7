import { beforeEach, expect, test } from 'vitest';
import { BatchedLookups, TooManyLookupsError } from './batched-lookups.ts';

type Round = { keys: string[]; resolve(found: ReadonlyMap<string, string>): void; reject(error: Error): void };

/** The round trips so far, to be ended by the test. */
let rounds: Round[];
let lookups: BatchedLookups<string>;
beforeEach(() => {
  rounds = [];
  lookups = new BatchedLookups((keys) => {
    const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, string>>();
    rounds.push({ keys, resolve, reject });
    return promise;
  });
});

const getAll = (count: number, prefix = '') => Array.from({ length: count }, (_, i) => lookups.get(`${prefix}${i}`));
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked in one turn is one round trip, and each gets its own', async () => {
  const answers = [lookups.get('a'), lookups.get('b'), lookups.get('a')];
  await settle();
  expect(rounds.map(({ keys }) => keys)).toEqual([['a', 'b']]);
  rounds[0]?.resolve(new Map([['b', 'found']]));
  expect(await Promise.all(answers)).toEqual([null, 'found', null]);
});

test('a flood takes two round trips at a time, and those of at most 500', async () => {
  const answers = [];
  for (let i = 0; i < 4; i++) {
    answers.push(...getAll(300, `${i}-`));
    await settle();
  }
  expect(rounds.map(({ keys }) => keys.length)).toEqual([300, 300]);
  rounds[0]?.resolve(new Map());
  await settle();
  expect(rounds.map(({ keys }) => keys.length)).toEqual([300, 300, 500]);
  rounds[1]?.resolve(new Map());
  await settle();
  for (const { resolve } of rounds) resolve(new Map());
  await Promise.all(answers);
  expect(rounds.map(({ keys }) => keys.length)).toEqual([300, 300, 500, 100]);
});

test('a look that is under way does not answer who asks later: it may be older than a change', async () => {
  const first = lookups.get('a');
  await settle();
  const second = lookups.get('a');
  await settle();
  rounds[0]?.resolve(new Map());
  rounds[1]?.resolve(new Map([['a', 'made meanwhile']]));
  expect([await first, await second]).toEqual([null, 'made meanwhile']);
});

test('beyond 5,000 who wait, others are turned away at once', async () => {
  getAll(1, 'first');
  await settle();
  getAll(1, 'second');
  await settle();
  getAll(5_000);
  await expect(lookups.get('late')).rejects.toThrow(TooManyLookupsError);
});

test('when one fails, who waits behind it need not wait for the same, and who comes later is looked up', async () => {
  const answers = [];
  for (const key of ['a', 'b', 'c']) {
    answers.push(lookups.get(key));
    await settle();
  }
  rounds[0]?.reject(new Error('down'));
  await expect(answers[0]).rejects.toThrow('down');
  await expect(answers[2]).rejects.toThrow('down');
  rounds[1]?.resolve(new Map());
  expect(await answers[1]).toBeNull();
  const later = lookups.get('d');
  await settle();
  rounds[2]?.resolve(new Map([['d', 'found']]));
  expect(await later).toBe('found');
});
