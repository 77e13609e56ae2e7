import { createCipheriv, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deriveKey, encrypt } from '#lib/crypto.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import type { Provider } from '#prisma/client.ts';
import { listPages } from '#testing/console-client.ts';
import { TEST_SECRET } from '#testing/fixtures.ts';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';
import { openTokenActionStage } from '#testing/token-action-stage.ts';

/** What somebody who can write to the database, and knows no secret, makes of a stored key. */
type Sealed = { keyCiphertext: Uint8Array<ArrayBuffer> | null; keyVersion: number };
type Others = Record<'ofGateway' | 'ofAccount' | 'ofAnother', Provider>;

const NONCE = 12;
const HEAD = NONCE + 16;
const RING = openKeyRing(TEST_SECRET);
const KEY = deriveKey(TEST_SECRET, 'provider-key-encryption');

const bytesOf = ({ keyCiphertext }: Sealed) => Buffer.from(keyCiphertext ?? []);
const withBytes = (row: Sealed, bytes: Buffer): Sealed => ({ ...row, keyCiphertext: new Uint8Array(bytes) });
const cut = (row: Sealed, end: number) => withBytes(row, bytesOf(row).subarray(0, end));
const moved = ({ keyCiphertext, keyVersion }: Sealed): Sealed => ({ keyCiphertext, keyVersion });

function flipped(row: Sealed, at: number): Sealed {
  const bytes = bytesOf(row);
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return withBytes(row, bytes);
}

/** GCM's part that needs no key to be wrong: the same ciphertext under the right key with nothing that binds it. */
function sealedUnbound(): Sealed {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', KEY, nonce);
  const text = Buffer.concat([cipher.update('sk-unbound-key'), cipher.final()]);
  const keyCiphertext = new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), text]));
  return { keyCiphertext, keyVersion: RING.version };
}

const CASES: [string, (row: Provider, others: Others) => Sealed][] = [
  ['that of another provider of the gateway', (_row, { ofGateway }) => moved(ofGateway)],
  ['that of another gateway', (_row, { ofAccount }) => moved(ofAccount)],
  ['that of another account', (_row, { ofAnother }) => moved(ofAnother)],
  ['nothing', (row) => cut(row, 0)],
  ['one byte', (row) => cut(row, 1)],
  ['its nonce only', (row) => cut(row, NONCE)],
  ['its nonce and a part of its tag', (row) => cut(row, HEAD - 12)],
  ['its nonce and tag', (row) => cut(row, HEAD)],
  ['all but its last byte', (row) => cut(row, -1)],
  ['itself and a byte more', (row) => withBytes(row, Buffer.concat([bytesOf(row), Buffer.from([0])]))],
  ['itself twice', (row) => withBytes(row, Buffer.concat([bytesOf(row), bytesOf(row)]))],
  ['the first bit of its nonce flipped', (row) => flipped(row, 0)],
  ['the last bit of its nonce flipped', (row) => flipped(row, NONCE - 1)],
  ['the first bit of its tag flipped', (row) => flipped(row, NONCE)],
  ['the last bit of its tag flipped', (row) => flipped(row, HEAD - 1)],
  ['the first bit of its text flipped', (row) => flipped(row, HEAD)],
  ['the last bit of its text flipped', (row) => flipped(row, -1)],
  [
    'the head of another before its own text',
    (row, { ofAccount }) =>
      withBytes(row, Buffer.concat([bytesOf(ofAccount).subarray(0, HEAD), bytesOf(row).subarray(HEAD)])),
  ],
  ['the key in the clear', (row) => withBytes(row, Buffer.from('sk-in-the-clear-and-long-enough'))],
  ['zeros', (row) => withBytes(row, Buffer.alloc(64))],
  ['version 0', (row) => ({ ...moved(row), keyVersion: 0 })],
  ['the next version', (row) => ({ ...moved(row), keyVersion: row.keyVersion + 1 })],
  ['a version below zero', (row) => ({ ...moved(row), keyVersion: -row.keyVersion })],
  [
    'what another secret sealed',
    (row) => openKeyRing(randomBytes(32).toString('base64')).seal('sk-of-another-secret', row.id),
  ],
  [
    'what another secret sealed, under this version',
    (row) => ({ ...openKeyRing(Buffer.alloc(32).toString('base64')).seal('sk-x', row.id), keyVersion: RING.version }),
  ],
  [
    'what the key for another purpose sealed',
    (row) => ({
      keyCiphertext: encrypt('sk-other-purpose', deriveKey(TEST_SECRET, 'upload-ticket'), row.id),
      keyVersion: RING.version,
    }),
  ],
  ['what was sealed for no row', () => sealedUnbound()],
  ['what was sealed for its gateway', (row) => RING.seal('sk-of-the-gateway', row.gatewayId)],
  ['what was sealed for its row in other letters', (row) => RING.seal('sk-upper-case', row.id.toUpperCase())],
];

const KEYS = { ofGateway: 'sk-of-gateway', ofAccount: 'sk-of-account', ofAnother: 'sk-of-another' };

describe.each(TRANSPORTS)('through %s, a provider whose stored key is', (transport) => {
  let world: GatewayWorld;
  let others: Others;
  let neighbour: { slug: string; token: string };
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { fixtures, account, gateway, upstream } = world;
    const add = (gatewayId: string, key: string, kind: 'openai' | 'openai-compatible') =>
      fixtures.addProvider({ gatewayId, kind, baseUrl: `${upstream.origin}/other`, key, models: ['other'] });
    const second = await fixtures.addGateway(account.id, 'second-gateway');
    const { id: accountId } = await fixtures.addAccount();
    const foreign = await fixtures.addGateway(accountId, 'demo-gateway');
    others = {
      ofGateway: await add(gateway.id, KEYS.ofGateway, 'openai'),
      ofAccount: await add(second.id, KEYS.ofAccount, 'openai'),
      ofAnother: await add(foreign.id, KEYS.ofAnother, 'openai'),
    };
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId: second.id });
    neighbour = { slug: second.slug, token };
  });
  afterAll(() => world.close());
  afterEach(async () => {
    await store(moved(world.provider));
    expect((await world.call()).status).toBe(200);
  });

  async function store(data: Sealed) {
    await world.fixtures.db.provider.update({ where: { id: world.provider.id }, data });
    await world.fixtures.settle();
    world.upstream.reset();
  }

  test.each(CASES)('%s is not called, and the others are', async (_what, make) => {
    await store(make(world.provider, others));
    const answer = await world.call();
    expect(answer).toMatchObject({ status: 500, headers: { 'x-latchkey-error': 'internal_error' } });
    expect(world.upstream.requests).toHaveLength(0);
    const path = '/openai/other/v1/chat/completions';
    expect((await world.call({ path })).status).toBe(200);
    const headers = ['authorization', `Bearer ${neighbour.token}`];
    expect((await world.call({ path, slug: neighbour.slug, headers })).status).toBe(200);
    const sent = world.upstream.requests.map((request) => request.header('authorization'));
    expect(sent).toEqual([[`Bearer ${KEYS.ofGateway}`], [`Bearer ${KEYS.ofAccount}`]]);
    for (const secret of [STORED_KEY, ...Object.values(KEYS)]) expect(world.server.log()).not.toContain(secret);
  });
});

describe('in the console, a stored key that is', () => {
  test('moved, cut or changed is not sent by a check, and no page breaks or shows it', async () => {
    const world = await openTokenActionStage({ env: { LOG_LEVEL: 'warn' } });
    const { fixtures, mine, theirs, client, db } = world;
    const add = (gatewayId: string, key: string) =>
      fixtures.addProvider({ gatewayId, kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:9', key, models: ['m'] });
    const own = await add(mine.gatewayId, STORED_KEY);
    const second = await world.addGateway('second-gateway');
    const others = {
      ofGateway: own,
      ofAccount: await add(second.gatewayId, KEYS.ofAccount),
      ofAnother: await add(theirs.gatewayId, KEYS.ofAnother),
    };
    const check = { gatewayId: mine.gatewayId, kind: 'openai-compatible', key: '', endpoint: 'http://127.0.0.1:9' };
    expect((await world.call(client, 'checkProviderAction', check)).text).toContain('"outcome":"unreachable"');
    for (const [what, make] of CASES.slice(1)) {
      await db.provider.update({ where: { id: own.id }, data: make(own, others) });
      const { status, text } = await world.call(client, 'checkProviderAction', check);
      expect([what, status, text]).toEqual([what, 200, expect.stringContaining('"outcome":"keyUnreadable"')]);
      for (const page of await listPages(mine.gatewayId)) {
        const answer = await client.ask(page);
        expect([what, page, [200, 307].includes(answer.status)]).toEqual([what, page, true]);
        expect([what, page, answer.text.includes('sk-')]).toEqual([what, page, false]);
      }
    }
    expect(world.console.log()).not.toContain(STORED_KEY);
    await world.close();
  });
});
