import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { verifyPassword } from '#lib/auth/password.ts';
import { hashToken } from '#lib/tokens/secret.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { openPatientDb } from '#testing/patient-db.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { pointDemoProvidersAt, seedFirstRun } from './seed.ts';

const secret = Buffer.alloc(32, 7).toString('base64');
let db: PrismaClient;

beforeAll(async () => {
  db = openPatientDb(await createTestDatabase(inject('templateDatabaseUrl')));
});
afterAll(() => db.$disconnect());

test('twenty processes that start at once make one account, and one of them learns the password', async () => {
  const seed = () => seedFirstRun(db, { adminEmail: 'a@b.example', adminPassword: undefined, demo: true, secret });
  const results = await Promise.all(Array.from({ length: 20 }, seed));
  const [made, ...others] = results.filter((result) => result !== null);
  expect(others).toEqual([]);
  expect(await db.account.count()).toBe(1);
  const admin = await db.user.findUniqueOrThrow({ where: { email: 'a@b.example' } });
  expect(await verifyPassword(made?.madePassword ?? '', admin.passwordHash)).toBe(true);
});

test('the demo gateway of the seed document is there, with a token that works', async () => {
  const gateway = await db.gateway.findUniqueOrThrow({
    where: { slug: 'user-123456-demo-gateway' },
    include: { providers: { include: { models: true } }, tokens: true },
  });
  expect(gateway.providers[0]?.models.map((model) => model.name)).toEqual(['deepseek-chat', 'deepseek-reasoner']);
  expect(gateway.tokens[0]).toMatchObject({ name: 'token-user01', status: 'ACTIVE' });
});

test('the demo provider follows the demo upstream, others stay', async () => {
  const gateway = await db.gateway.findFirstOrThrow();
  await db.provider.create({ data: { gatewayId: gateway.id, kind: 'openai', baseUrl: 'https://example.com' } });
  await pointDemoProvidersAt(db, 'http://127.0.0.1:9/v1');
  const providers = await db.provider.findMany({ orderBy: { kind: 'asc' } });
  expect(providers.map((provider) => provider.baseUrl)).toEqual(['http://127.0.0.1:9/v1', 'https://example.com']);
});

test('a given password is used and not repeated, and without the demo there is no gateway', async () => {
  const other = openPatientDb(await createTestDatabase(inject('templateDatabaseUrl')));
  const options = { adminEmail: 'a@b.example', adminPassword: 'a given password', demo: false, secret };
  expect(await seedFirstRun(other, options)).toEqual({ madePassword: null, demoToken: null });
  expect(await other.gateway.count()).toBe(0);
  await other.$disconnect();
});

test('the token that was printed is the one whose hash is stored', async () => {
  const other = openPatientDb(await createTestDatabase(inject('templateDatabaseUrl')));
  const options = { adminEmail: 'a@b.example', adminPassword: 'a given password', demo: true, secret };
  const made = await seedFirstRun(other, options);
  const token = await other.authenticationToken.findFirstOrThrow();
  expect(Buffer.from(token.hash)).toEqual(hashToken(made?.demoToken ?? ''));
  await other.$disconnect();
});
