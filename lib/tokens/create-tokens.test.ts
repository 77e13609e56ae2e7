import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cpuMilliseconds } from '#testing/cpu-clock.ts';
import { openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { createTokens } from './create-tokens.ts';
import { createTokensSchema } from './inputs.ts';
import { hashToken, isWellFormedToken } from './secret.ts';

let owners: TokenOwners;
beforeAll(async () => {
  owners = await openTokenOwners();
});
afterAll(() => owners.close());

async function createOne(name: string, creationId?: string) {
  const result = await owners.create(owners.mine, [name], creationId);
  if (!result.ok || !result.created[0]) throw new Error(`not created: ${JSON.stringify(result)}`);
  return result.created[0];
}

const countNamed = (name: string) => owners.db.authenticationToken.count({ where: { name } });

test('the secret is in the result and only its hash in the database', async () => {
  const { mine, db } = owners;
  const { id, name, token } = await createOne('token-user02');
  expect(name).toBe('token-user02');
  expect(isWellFormedToken(token)).toBe(true);
  const row = await db.authenticationToken.findUniqueOrThrow({ where: { hash: hashToken(token) } });
  expect(row).toMatchObject({
    id,
    accountId: mine.session.accountId,
    gatewayId: mine.gatewayId,
    createdBy: mine.session.userId,
    status: 'ACTIVE',
    firstChars: token.slice(3, 7),
    lastChars: token.slice(-4),
  });
  expect(JSON.stringify(row)).not.toContain(token.slice(7, 15));
  expect(await owners.auditOf('token.created', { subjectId: row.id })).toMatchObject([
    { actor: 'mine@example.com', accountId: mine.session.accountId, subjectName: 'token-user02' },
  ]);
});

test('many come back in the order in which they were asked for', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `many-${50 - index}`);
  const result = await owners.create(owners.mine, names);
  if (!result.ok) throw new Error(result.code);
  expect(result.created.map(({ name }) => name)).toEqual(names);
  expect(new Set(result.created.map(({ token }) => token)).size).toBe(50);
});

test('a name is taken whatever its case, in this gateway only', async () => {
  expect(await owners.create(owners.mine, ['token-người'])).toMatchObject({ ok: true });
  const taken = { ok: false, code: 'nameTaken', taken: ['TOKEN-NGƯỜI'] };
  expect(await owners.create(owners.mine, ['TOKEN-NGƯỜI'])).toEqual(taken);
  expect(await owners.create(owners.theirs, ['token-người'])).toMatchObject({ ok: true });
});

test('when one of many names is taken none is made, and it is named', async () => {
  await createOne('taken');
  expect(await owners.create(owners.mine, ['new-1', 'taken', 'new-2'])).toEqual({
    ok: false,
    code: 'nameTaken',
    taken: ['taken'],
  });
  expect(await countNamed('new-1')).toBe(0);
  expect(await owners.auditOf('token.created', { subjectName: 'new-1' })).toEqual([]);
});

test('a request that is sent again leaves one token, of the last answer, and nothing of what nobody saw', async () => {
  const creationId = randomUUID();
  const lost = await createOne('retried', creationId);
  const seen = await createOne('retried', creationId);
  const rows = await owners.db.authenticationToken.findMany({ where: { name: 'retried' } });
  expect(rows).toMatchObject([{ id: seen.id, hash: new Uint8Array(hashToken(seen.token)) }]);
  expect(await owners.db.deletedToken.count({ where: { hash: hashToken(lost.token) } })).toBe(0);
});

test('what was used was not lost: the same request does not take it away', async () => {
  const creationId = randomUUID();
  const { id } = await createOne('used', creationId);
  await owners.db.authenticationToken.update({ where: { id }, data: { lastUsedAt: new Date() } });
  expect(await owners.create(owners.mine, ['used'], creationId)).toMatchObject({ ok: false, taken: ['used'] });
});

test("another user's creation is not repeated by its id", async () => {
  const creationId = randomUUID();
  const { id } = await createOne('mine-alone', creationId);
  expect(await owners.create(owners.theirs, ['mine-alone'], creationId)).toMatchObject({ ok: true });
  expect(await owners.existing([id])).toBe(1);
});

test('a name that looks like one of the gateway is told before it is made, and made when it is meant', async () => {
  const { mine, db } = owners;
  await createOne('look-alike');
  const input = {
    gatewayId: mine.gatewayId,
    creationId: randomUUID(),
    names: ['fresh', 'lооk-alike'],
    expiresAt: null,
  };
  expect(await createTokens(db, mine.session, input)).toEqual({
    ok: false,
    code: 'looksAlike',
    twins: [{ name: 'lооk-alike', twin: 'look-alike', isListed: false, differences: [{ given: 'о', other: 'o' }] }],
  });
  expect([await countNamed('fresh'), await countNamed('lооk-alike')]).toEqual([0, 0]);
  // That a name is taken is told first: it cannot be meant.
  const taken = { ...input, names: ['lооk-alike', 'LOOK-alike'] };
  expect(await createTokens(db, mine.session, taken)).toMatchObject({ code: 'nameTaken', taken: ['LOOK-alike'] });
  expect(await createTokens(db, mine.session, { ...input, evenIfAlike: true })).toMatchObject({ ok: true });
});

test('names that look alike in one list are told once', async () => {
  const result = await owners.create(owners.mine, ['listed-0', 'listed-O']);
  expect(result).toMatchObject({ twins: [{ name: 'listed-O', twin: 'listed-0', isListed: true }] });
});

test('names of other gateways and accounts are not compared', async () => {
  const { mine, theirs, fixtures } = owners;
  const { accountId } = mine.session;
  const { id: gatewayId } = await fixtures.addGateway(accountId, 'second-gateway');
  await fixtures.addToken({ accountId, gatewayId, name: 'elsewhere-1' });
  await owners.create(theirs, ['elsewhere-1']);
  expect(await owners.create(mine, ['elsewhere-l'])).toMatchObject({ ok: true });
});

test("another account's gateway and an unknown one look the same, and nothing is made", async () => {
  const count = await owners.db.authenticationToken.count();
  for (const gatewayId of [owners.theirs.gatewayId, randomUUID()]) {
    const input = { gatewayId, creationId: randomUUID(), names: ['foreign'], expiresAt: null };
    const result = await createTokens(owners.db, owners.mine.session, input);
    expect(result).toEqual({ ok: false, code: 'gatewayNotFound' });
  }
  expect(await owners.db.authenticationToken.count()).toBe(count);
  expect(await owners.auditOf('token.created', { subjectName: 'foreign' })).toEqual([]);
});

test('of 50 creations of one name at once, one wins and 49 are told that it is taken', async () => {
  const results = await Promise.all(Array.from({ length: 50 }, () => owners.create(owners.mine, ['race'])));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === 'nameTaken')).toHaveLength(49);
  expect(await countNamed('race')).toBe(1);
  expect(await owners.auditOf('token.created', { subjectName: 'race' })).toHaveLength(1);
});

test('creations of the same names in opposite order both end, and one wins', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `both-${index}`);
  const results = await Promise.all([
    owners.create(owners.mine, names),
    owners.create(owners.mine, names.toReversed()),
  ]);
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
});

test.each([
  ['no name', { names: [] }],
  ['two names that differ in case', { names: ['a', 'A'] }],
  ['a bad name among good ones', { names: ['a', ' '] }],
  ['501 names', { names: Array.from({ length: 501 }, (_, index) => `n${index}`) }],
  ['an expiry in the past', { expiresAt: new Date(Date.now() - 1000).toISOString() }],
  ['an expiry that is no date', { expiresAt: 'tomorrow' }],
  ['an expiry in the year 300,000', { expiresAt: '+300000-01-01T00:00:00Z' }],
])('%s is refused before anything is made', (_what, change) => {
  const good = { gatewayId: randomUUID(), creationId: randomUUID(), names: ['a'], expiresAt: null };
  expect(createTokensSchema.safeParse(good).success).toBe(true);
  expect(createTokensSchema.safeParse({ ...good, ...change }).success).toBe(false);
});

test.each(['gatewayId', 'creationId', 'names', 'expiresAt'])(
  'a megabyte as %s is refused within 100 ms of work',
  (field) => {
    const good = { gatewayId: randomUUID(), creationId: randomUUID(), names: ['a'], expiresAt: null };
    for (const text of ['W', ' ', '2', '\0', '😀', 'a\u0300']) {
      const long = text.repeat(1_000_000 / text.length);
      const input = { ...good, [field]: field === 'names' ? [long] : long };
      const taken = cpuMilliseconds(() => expect(createTokensSchema.safeParse(input).success).toBe(false));
      expect(taken).toBeLessThan(100);
    }
  },
);
