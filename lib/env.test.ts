import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { ConfigurationError, parseEnv } from '#lib/env.ts';

test('with nothing set, the documented defaults hold', () => {
  expect(parseEnv({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    GATEWAY_DOMAIN: 'ai-gateway.localhost',
    LATCHKEY_DATA_DIR: '.latchkey',
    UPSTREAM_CONNECT_TIMEOUT_MS: 5_000,
    UPSTREAM_FIRST_BYTE_TIMEOUT_MS: 600_000,
    UPSTREAM_IDLE_TIMEOUT_MS: 300_000,
    MAX_JSON_BODY_BYTES: 33_554_432,
    AUTH_OUTAGE_GRACE_SECONDS: 60,
    UPSTREAM_ALLOWLIST: [],
    TRUSTED_PROXIES: [],
  });
});

test('an empty value counts as not set', () => {
  expect(parseEnv({ PORT: '' }).PORT).toBe(3000);
});

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '80a'],
  ['HOST', 'not a host'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['DATABASE_URL', 'nonsense'],
  ['LATCHKEY_SECRET', randomBytes(16).toString('base64')],
  ['LATCHKEY_SECRET', 'too short'],
  ['ADMIN_EMAIL', 'admin'],
  ['ADMIN_PASSWORD', 'short'],
  ['CONSOLE_ORIGIN', 'https://console.example.com/path'],
  ['GATEWAY_DOMAIN', 'https://example.com'],
  ['DEMO', 'maybe'],
  ['METRICS_PORT', '3000'],
  ['UPSTREAM_ALLOWLIST', 'https://ollama.lan'],
  ['UPSTREAM_ALLOWLIST', 'ollama.lan,*.lan'],
  ['UPSTREAM_ALLOWLIST', 'ollama.lan 10.0.0.7'],
  ['UPSTREAM_ALLOWLIST', '[::1]:8000'],
  ['TRUSTED_PROXIES', 'proxy.lan'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '10.0.0.0/'],
  ['TRUSTED_PROXIES', '10.0.0/8'],
  ['TRUSTED_PROXIES', '10.0.0.1-10.0.0.9'],
  ['TRUSTED_PROXIES', '10.0.0.1:80'],
  ['TRUSTED_PROXIES', '0.0.0.0/0'],
  ['TRUSTED_PROXIES', '10.0.0.1,::/0'],
  ['TRUSTED_PROXIES', 'fd00::/129'],
  ['TRUSTED_PROXIES', '[fd00::1]'],
  ['TRUSTED_PROXIES', '10.0.0.1 10.0.0.2'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused in one line that names it and does not repeat the value', (name, value) => {
  const attempt = () => parseEnv({ [name]: value });
  expect(attempt).toThrow(ConfigurationError);
  expect(attempt).toThrow(new RegExp(`^${name} must be [^\\n]+\\.$`));
});

test('a secret is not repeated in the message', () => {
  expect(() => parseEnv({ LATCHKEY_SECRET: 'planted-secret' })).not.toThrow(/planted/);
});

test('the allowlist is split at commas', () => {
  expect(parseEnv({ UPSTREAM_ALLOWLIST: 'LocalHost, 10.0.0.1' }).UPSTREAM_ALLOWLIST).toEqual(['localhost', '10.0.0.1']);
});

test.each(['ollama.lan:8000', '10.0.0.7:8000', '::1', 'fd00::7:8000', 'my_host'])(
  '%s may stand in the allowlist',
  (host) => {
    expect(parseEnv({ UPSTREAM_ALLOWLIST: host }).UPSTREAM_ALLOWLIST).toEqual([host]);
  },
);

test('trusted proxies are addresses and networks of both families', () => {
  const { TRUSTED_PROXIES } = parseEnv({ TRUSTED_PROXIES: ' 10.0.0.0/8, 192.0.2.1,FD00::/8,::1,2001:db8::/128,' });
  expect(TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '::1', '2001:db8::/128']);
});

test('roles of a database are named with the database', () => {
  for (const name of ['MIGRATION_DATABASE_URL', 'PROXY_DATABASE_URL']) {
    const roles = { [name]: 'postgresql://role@127.0.0.1/latchkey' };
    expect(() => parseEnv(roles)).toThrow(/^DATABASE_URL must be set with MIGRATION_DATABASE_URL [^\n]+\.$/);
    expect(parseEnv({ ...roles, DATABASE_URL: 'postgresql://role@127.0.0.1/latchkey' })).toMatchObject(roles);
  }
});
