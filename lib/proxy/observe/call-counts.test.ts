import { expect, test } from 'vitest';
import { CallCounts } from './call-counts.ts';

test('calls are counted by gateway, provider and status', () => {
  const counts = new CallCounts();
  counts.add('one', 'openai', 200);
  counts.add('one', 'openai', 200);
  counts.add('one', 'openai', 401);
  counts.add('one', 'deepseek', 200);
  counts.add('', '', 404);
  expect([...counts]).toEqual([
    { labels: { gateway: 'one', provider: 'openai', status: 200 }, count: 2 },
    { labels: { gateway: 'one', provider: 'openai', status: 401 }, count: 1 },
    { labels: { gateway: 'one', provider: 'deepseek', status: 200 }, count: 1 },
    { labels: { gateway: '', provider: '', status: 404 }, count: 1 },
  ]);
});

test('from the thousandth gateway on all are counted as one', () => {
  const counts = new CallCounts();
  for (let index = 0; index < 1_002; index += 1) counts.add(`gateway-${index}`, 'openai', 200);
  counts.add('gateway-1001', 'openai', 200);
  counts.add('gateway-0', 'openai', 200);
  const byGateway = new Map([...counts].map(({ labels, count }) => [labels.gateway, count]));
  expect(byGateway.size).toBe(1_001);
  expect(byGateway.get('gateway-0')).toBe(2);
  expect(byGateway.get('other')).toBe(3);
});
