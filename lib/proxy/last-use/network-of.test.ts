import { expect, test } from 'vitest';
import { networkOf } from './network-of.ts';

test.each([
  ['8.8.4.7', '8.8.4.0/24'],
  ['::ffff:8.8.4.7', '8.8.4.0/24'],
  ['2a00:1450:4001:82b::200e', '2a00:1450:4001::/48'],
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '::1'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['fd00::5', 'fd00::5'],
  ['', null],
  ['client.example', null],
])('%s is kept as %s', (address, expected) => {
  expect(networkOf(address)).toBe(expected);
});
