import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { tendTokens } from './upkeep.ts';

let owners: TokenOwners;
beforeAll(async () => {
  owners = await openTokenOwners();
});
afterAll(() => owners.close());

const readCounts = () => owners.db.tokenCount.findMany({ where: { gatewayId: owners.mine.gatewayId } });

test('counts are added up while tokens come and go, and stay right', async () => {
  const tokens = (await Promise.all(Array.from({ length: 60 }, () => owners.addTokens(owners.mine, 1)))).flat();
  expect((await readCounts()).length).toBe(60);
  await Promise.all([
    ...Array.from({ length: 5 }, () => tendTokens(owners.db)),
    ...tokens.slice(0, 20).map(({ id }) => owners.db.authenticationToken.delete({ where: { id } })),
  ]);
  await tendTokens(owners.db);
  const counts = await readCounts();
  expect(counts.length).toBeLessThan(30);
  expect(counts.reduce((sum, { tokens }) => sum + tokens, 0n)).toBe(40n);
});
