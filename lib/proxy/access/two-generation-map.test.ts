import { expect, test } from 'vitest';
import { TwoGenerationMap } from './two-generation-map.ts';

test('never holds more than its capacity, however much goes in', () => {
  const map = new TwoGenerationMap<number>(1000);
  for (let i = 0; i < 100_000; i++) map.set(String(i), i);
  expect(map.size).toBeLessThanOrEqual(1000);
});

test('keeps what is used, through a flood of what is not', () => {
  const map = new TwoGenerationMap<string>(1000);
  map.set('used', 'x');
  for (let i = 0; i < 100_000; i++) {
    map.set(String(i), 'flood');
    if (i % 100 === 0) expect(map.get('used')).toBe('x');
  }
});

test('holds the latest half of its capacity for sure', () => {
  const map = new TwoGenerationMap<number>(1000);
  for (let i = 0; i < 10_000; i++) map.set(String(i), i);
  for (let i = 9_500; i < 10_000; i++) expect(map.get(String(i))).toBe(i);
});

test('forgets all when cleared', () => {
  const map = new TwoGenerationMap<number>(10);
  map.set('a', 1);
  map.clear();
  expect(map.get('a')).toBeUndefined();
});
