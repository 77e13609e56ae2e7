import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { findSecret } from './find-secret.ts';

const token = generateToken();

/** Put together here, so that no scanner of repositories takes them for real. */
const of = (...parts: string[]) => parts.join('');
const tail = '3fK9xQ2mV7bN4cT8wR1yZ6pL0sD5gH';

test.each([
  token,
  `${token.slice(0, 30)}${token.slice(31)}`,
  `${token}x`,
  `${token.slice(0, 26)}\n${token.slice(26)}`,
  `${token.slice(0, 10)} \t${token.slice(10)}`,
  token.slice(0, 20),
  `Authorization: Bearer ${token}`,
  `"${token}"`,
])('%j is a token of ours, or nearly', (text) => {
  expect(findSecret(text)).toBe('token');
});

const KEYS = [
  of('sk', '-', tail, tail),
  of('sk', '-proj-', tail),
  of('sk', '-ant-api03-', tail),
  of('sk', '-or-v1-', '0123456789abcdef'.repeat(4)),
  of('sk', '_live_', tail),
  of('rk', '_test_', tail),
  of('AI', 'zaSy', tail, 'abc'),
  of('GOCSPX', '-', tail),
  of('ya29', '.', tail),
  of('hf', '_', tail),
  of('gsk', '_', tail),
  of('r8', '_', tail),
  of('xai', '-', tail),
  of('pplx', '-', tail),
  of('nvapi', '-', tail),
  of('tgp_v1', '_', tail),
  of('ghp', '_', tail),
  of('github', '_pat_', tail),
  of('glpat', '-', tail),
  of('npm', '_', tail),
  of('pypi', '-', tail),
  of('AKIA', 'IOSFODNN7EXAMPLE'),
  of('ASIA', 'IOSFODNN7EXAMPLE'),
  of('dop', '_v1_', '0123456789abcdef'.repeat(4)),
  of('xoxb', '-123456789012-', tail),
  of('SG', '.', tail, '.', tail),
  of('whsec', '_', tail),
  of('shpat', '_', '0123456789abcdef'.repeat(2)),
  of('eyJ', 'hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.', tail),
  of('-----BEGIN ', 'RSA PRIVATE KEY-----'),
  of('Basic ', Buffer.from('admin:correct horse').toString('base64')),
  of('postgresql://latchkey:', 'hunter2@db.example/latchkey'),
];

test.each(KEYS)('%s is a key, also with a character missing, added, or a line broken', (key) => {
  for (const text of [key, `${key}x`, key.slice(0, -1), `${key.slice(0, 12)}\n${key.slice(12)}`, ` KEY="${key}"`]) {
    expect([text, findSecret(text, false)]).toEqual([text, 'key']);
  }
});

test('random bytes are told in hexadecimal and base64', () => {
  const told = Array.from({ length: 200 }, () => [randomBytes(16).toString('hex'), randomBytes(36).toString('base64')]);
  const missed = told.flat().filter((text) => findSecret(text) === null);
  expect(missed.length).toBeLessThan(20);
});

test.each([
  'token-user01',
  'TokenUser01ProductionEuropeWest',
  'Người dùng số 12 của phòng kế toán chi nhánh Hà Nội',
  'sk-team',
  'sk-backend-production',
  'desk-reservation-service-production',
  'risk_assessment_service',
  'ghp',
  'Bearer',
  '0198c3c5-7a1b-7c3d-8e4f-5a6b7c8d9e0f',
  'https://llm.example.com/v1',
  'openai/deployments/gpt-4o-2024-08-06',
  'meta-llama/Llama-3.3-70B-Instruct-Turbo',
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'accounts/fireworks/models/qwen3-coder-480b-a35b-instruct',
  'x-upstream-key',
  'admin@example.com',
  'supercalifragilisticexpialidocious',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  '👩‍🚀👩‍🚀👩‍🚀',
  '',
])('%j is none', (text) => {
  expect(findSecret(text)).toBeNull();
});

// Patterns that backtrack would not come back from these.
test.each(['sk-', 'a', '-----BEGIN ', 'xoxb-', '1//0', '://a:', 'aB3', 'eyJ', 'lk_'])(
  'a book of %s is read',
  (text) => {
    expect([null, 'token', 'key', 'random']).toContain(findSecret(text.repeat(1_000_000)));
  },
);
