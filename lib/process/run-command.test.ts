import { afterAll, expect, test, vi } from 'vitest';
import { runCommand } from '#scripts/run-command.mjs';

afterAll(() => {
  vi.unstubAllEnvs();
});

test('what installs and builds is given no secret, unless it is named', async () => {
  const databases = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'PROXY_DATABASE_URL'];
  const planted = ['ADMIN_PASSWORD', 'LATCHKEY_SECRET', 'LATCHKEY_SECRET_PREVIOUS', ...databases];
  for (const name of [...planted, 'GATEWAY_DOMAIN']) vi.stubEnv(name, `planted ${name}`);
  const print = ['-e', 'console.log(JSON.stringify(process.env))'];
  const inherited = JSON.parse(await runCommand(process.execPath, print));
  expect(Object.values(inherited).filter((value) => String(value).startsWith('planted'))).toEqual([
    'planted GATEWAY_DOMAIN',
  ]);
  const named = JSON.parse(await runCommand(process.execPath, print, { LATCHKEY_SECRET: 'named' }));
  expect(named.LATCHKEY_SECRET).toBe('named');
});
