import { AggregatorRegistry, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { DurationHistogram } from './duration-histogram.ts';

const BOUNDS = [0.01, 0.5, 2];
const OBSERVED: [string, number][] = [
  ['openai', 0],
  ['openai', 0.01],
  ['', 0.011],
  ['openai', 2],
  ['openai', 2.001],
  ['', 60],
];

test('counts as a histogram of prom-client does', async () => {
  const own = new DurationHistogram('call_seconds', 'Of calls.', BOUNDS);
  const registry = new Registry();
  const config = { name: 'call_seconds', help: 'Of calls.', buckets: BOUNDS, labelNames: ['provider'] as const };
  const theirs = new Histogram({ ...config, registers: [registry] });
  for (const [provider, seconds] of OBSERVED) {
    own.observe(provider, seconds);
    theirs.observe({ provider }, seconds);
  }
  const written = await AggregatorRegistry.aggregate([[own.read()]]).metrics();
  const expected = await AggregatorRegistry.aggregate([await registry.getMetricsAsJSON()]).metrics();
  expect(written.split('\n').sort()).toEqual(expected.split('\n').sort());
  expect(written).toContain('call_seconds_bucket{le="+Inf",provider="openai"} 4');
});
