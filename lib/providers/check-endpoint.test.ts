import { expect, test } from 'vitest';
import { findEndpointProblem } from './check-endpoint.ts';

test.each([
  'https://127.0.0.1/v1',
  'https://127.1/v1',
  'https://0177.0.0.1/v1',
  'https://0x7f000001/v1',
  'https://2130706433/v1',
  'https://10.0.0.1',
  'https://169.254.169.254/latest/meta-data',
  'https://192.168.1.1.',
  'https://100.64.0.1',
  'https://0.0.0.0',
  'https://[::1]/v1',
  'https://[::ffff:127.0.0.1]/v1',
  'https://[::ffff:7f00:1]/v1',
  'https://[64:ff9b::7f00:1]/v1',
  'https://[fd00::1]/v1',
  'https://[fe80::1]/v1',
  'https://localhost/v1',
  'https://localhost./v1',
])('%s is not public', async (endpoint) => {
  expect(await findEndpointProblem(endpoint, [])).toBe('endpointPrivate');
});

test('a public address may be used', async () => {
  expect(await findEndpointProblem('https://8.8.8.8/v1', [])).toBeNull();
});

test('a key must not travel in the clear', async () => {
  expect(await findEndpointProblem('http://8.8.8.8/v1', [])).toBe('endpointNotHttps');
});

test('a name that does not resolve is told at once', async () => {
  expect(await findEndpointProblem('https://nowhere.invalid/v1', [])).toBe('endpointUnresolved');
});

test('what the operator allows may be private and without https, on that port only', async () => {
  expect(await findEndpointProblem('http://127.0.0.1:11434/v1', ['127.0.0.1:11434'])).toBeNull();
  expect(await findEndpointProblem('http://127.0.0.1:22/v1', ['127.0.0.1:11434'])).toBe('endpointNotHttps');
  expect(await findEndpointProblem('http://localhost:11434/v1', ['localhost'])).toBeNull();
});
