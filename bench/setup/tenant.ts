import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedDatabase } from '#lib/database/embedded.ts';
import { prepareDatabase } from '#lib/database/prepare.ts';
import { embeddedUrls } from '#lib/database/roles.ts';
import { generateToken } from '#lib/tokens/secret.ts';
import { openFixtures, TEST_SECRET } from '#testing/fixtures.ts';
import { MODEL, PROVIDER_KEY } from '../wire/payloads.ts';
import type { Cleanup } from './cleanup.ts';

/** What a call shows as its token. The last two were never handed out; of the last the form is wrong too. */
export type CredentialKind = 'valid' | 'unknown' | 'wrong-checksum';

/** Latchkey's database with one gateway that calls the upstream, shared by the contestants that are Latchkey. */
export type Tenant = {
  databasePid: number;
  /** What a Latchkey process needs to know. */
  env: Record<string, string>;
  /** The path of a chat completion through the gateway. */
  path: string;
  headers(credential: CredentialKind): Record<string, string>;
};

/** Starts a PostgreSQL of this run's own below `workDir` and fills it. */
export function openTenant(workDir: string, upstreamOrigin: string, cleanup: Cleanup): Promise<Tenant> {
  const starting = startDatabase(path.join(workDir, 'database'));
  const filling = starting.then(({ url, home }) => fillTenant(url, home, upstreamOrigin));
  cleanup.add(async () => {
    const { stop, home } = await starting;
    // A client whose server is stopped under it would end the process before the rest is cleaned up.
    await filling.catch(() => {});
    await stop();
    // Under root it may be elsewhere than in `workDir`.
    await rm(home, { recursive: true, force: true });
  });
  return filling;
}

async function startDatabase(directory: string) {
  await mkdir(directory);
  // Under root, PostgreSQL runs as another account, which must be able to enter.
  await chmod(directory, 0o711);
  return startEmbeddedDatabase(directory);
}

async function fillTenant(databaseUrl: string, home: string, upstreamOrigin: string): Promise<Tenant> {
  const urls = embeddedUrls(databaseUrl);
  await prepareDatabase(urls, true);
  const fixtures = openFixtures(databaseUrl);
  try {
    const account = await fixtures.addAccount();
    const gateway = await fixtures.addGateway(account.id, 'bench');
    const baseUrl = `${upstreamOrigin}/v1`;
    const models = [MODEL, 'another-model'];
    await fixtures.addProvider({ gatewayId: gateway.id, kind: 'openai', baseUrl, key: PROVIDER_KEY, models });
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId: gateway.id });
    // Its first line is the postmaster's process (PostgreSQL, src/include/utils/pidfile.h).
    const [databasePid] = (await readFile(path.join(home, 'postgresql', 'postmaster.pid'), 'utf8')).split('\n');
    return {
      databasePid: Number(databasePid),
      env: {
        DATABASE_URL: urls.proxy,
        LATCHKEY_SECRET: TEST_SECRET,
        UPSTREAM_ALLOWLIST: new URL(upstreamOrigin).host,
        LOG_LEVEL: 'info',
        PROXY_WORKERS: '1',
      },
      path: `/gateway/${gateway.slug}/openai/${MODEL}/chat/completions`,
      headers: (credential) => ({ authorization: `Bearer ${makeToken(credential, token)}` }),
    };
  } finally {
    await fixtures.close();
  }
}

/** A token of the wanted kind in the form that Latchkey gives its tokens. */
export function makeToken(credential: CredentialKind, valid: string): string {
  if (credential === 'valid') return valid;
  const unknown = generateToken();
  if (credential === 'unknown') return unknown;
  return unknown.slice(0, -1) + (unknown.endsWith('0') ? '1' : '0');
}
