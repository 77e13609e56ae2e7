import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedLookups } from '#lib/shared-lookups.ts';

type Answer = (error: Error | null, addresses: LookupAddress[]) => void;

const ADDRESS = [{ address: '192.0.2.1', family: 4 }];

/** What was asked of the system, in order; names are silent until the test answers. */
let asked: { name: string; answer: Answer }[];
let lookups: SharedLookups;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  asked = [];
  lookups = new SharedLookups((name, _options, answer) => asked.push({ name, answer }), 2);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Resolves with the addresses, or the error's code. */
function find(name: string): Promise<LookupAddress[] | string | undefined> {
  return new Promise((resolve) => lookups.find(name, {}, 5_000, (error, found) => resolve(error ? error.code : found)));
}

const names = () => asked.map(({ name }) => name);

function answer(at: number): void {
  asked[at]?.answer(null, ADDRESS);
}

test('twelve calls for a silent name ask once, and another name is answered meanwhile', async () => {
  const silent = Array.from({ length: 12 }, () => find('silent.test'));
  const other = find('other.test');
  expect(names()).toEqual(['silent.test', 'other.test']);
  answer(1);
  expect(await other).toEqual(ADDRESS);
  answer(0);
  expect(await Promise.all(silent)).toEqual(Array.from({ length: 12 }, () => ADDRESS));
});

test('a name that was not answered for in time is refused at once for 5 seconds', async () => {
  const first = find('silent.test');
  vi.advanceTimersByTime(5_000);
  expect(await first).toBe('EAI_AGAIN');
  vi.advanceTimersByTime(4_999);
  expect(await find('silent.test')).toBe('EAI_AGAIN');
  vi.advanceTimersByTime(1);
  // The system still has the first question.
  const later = find('silent.test');
  expect(names()).toEqual(['silent.test']);
  answer(0);
  expect(await later).toEqual(ADDRESS);
});

test('no answer is kept', async () => {
  const first = find('a.test');
  answer(0);
  await first;
  find('a.test');
  expect(names()).toEqual(['a.test', 'a.test']);
});

test('silent names take a few threads, and none from a name that has answered', async () => {
  const known = find('known.test');
  answer(0);
  await known;
  for (const name of ['a.test', 'b.test', 'c.test', 'd.test']) find(name);
  expect(names().slice(1)).toEqual(['a.test', 'b.test']);
  const again = find('known.test');
  expect(names().slice(1)).toEqual(['a.test', 'b.test', 'known.test']);
  answer(3);
  expect(await again).toEqual(ADDRESS);
  answer(1);
  expect(names().at(-1)).toBe('c.test');
});

test('a name that falls silent is one of the unknown again', async () => {
  const known = find('known.test');
  answer(0);
  await known;
  find('known.test');
  vi.advanceTimersByTime(10_000);
  asked[1]?.answer(new Error('not answered for'), []);
  for (const name of ['a.test', 'b.test', 'known.test']) find(name);
  expect(names().slice(2)).toEqual(['a.test', 'b.test']);
});

test('who waits for a thread in vain is told so, and the name is not held to be silent', async () => {
  for (const name of ['a.test', 'b.test']) find(name);
  const waiting = find('c.test');
  vi.advanceTimersByTime(5_000);
  expect(await waiting).toBe('EAI_AGAIN');
  answer(0);
  find('c.test');
  expect(names()).toEqual(['a.test', 'b.test', 'c.test']);
});
