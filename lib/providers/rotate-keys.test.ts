import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { openKeyRing } from './key-ring.ts';
import { rotateKeys } from './rotate-keys.ts';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');
const LOST = Buffer.alloc(32, 3).toString('base64');
const COUNT = 250;

let fixtures: Fixtures;
let gatewayId: string;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')), OLD);
  const { id: accountId } = await fixtures.addAccount();
  for (let i = 0; i < COUNT; i++) {
    const gateway = await fixtures.addGateway(accountId, `gateway-${i}`);
    await fixtures.addProvider({ gatewayId: gateway.id, kind: 'openai', key: `sk-${i}`, models: [] });
    gatewayId = gateway.id;
  }
});
afterAll(() => fixtures.close());

async function readKeys(secret: string): Promise<string[]> {
  const ring = openKeyRing(secret);
  const rows = await fixtures.db.provider.findMany({ where: { kind: 'openai' }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ id, keyCiphertext, keyVersion }) =>
    ring.open({ keyCiphertext: keyCiphertext ?? new Uint8Array(), keyVersion }, id),
  );
}

test('a rotation that was cut short goes on where it was, and two at once do each key once', async () => {
  const ring = openKeyRing(NEW, OLD);
  const cut = rotateKeys(fixtures.db, ring, () => {
    throw new Error('cut short');
  });
  await expect(cut).rejects.toThrow('cut short');
  const results = await Promise.all([1, 2].map(() => rotateKeys(fixtures.db, ring, () => {})));
  expect(results.reduce((sum, { rotated }) => sum + rotated, 0)).toBe(COUNT - 100);
  expect(await readKeys(NEW)).toEqual(Array.from({ length: COUNT }, (_, i) => `sk-${i}`));
  await expect(readKeys(OLD)).rejects.toThrow();
});

test('a key that neither secret opens is named and left, and the others are rotated', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  await fixtures.db.provider.create({
    data: { id, gatewayId, kind: 'gemini', ...openKeyRing(LOST).seal('sk-lost', id) },
  });
  expect(await rotateKeys(fixtures.db, openKeyRing(NEW, OLD), () => {})).toEqual({ rotated: 0, unreadable: [id] });
});
