import { expect, test } from 'vitest';
import { openGatewayWorld } from '#testing/gateway-world.ts';

test('when a gateway and a token were last used is written down, at the latest when the proxy stops', async () => {
  const world = await openGatewayWorld('proxy');
  const { db } = world.fixtures;
  const readGateway = () => db.gateway.findUniqueOrThrow({ where: { id: world.gateway.id } });
  const readToken = () => db.authenticationToken.findUniqueOrThrow({ where: { id: world.tokenId } });
  const before = new Date();
  await world.call({ headers: [] });
  expect(await readGateway()).toMatchObject({ lastRequestAt: null });
  for (let i = 0; i < 3; i++) expect((await world.call()).status).toBe(200);
  expect(await world.server.stop()).toBe(0);
  expect((await readGateway()).lastRequestAt?.getTime()).toBeGreaterThanOrEqual(before.getTime());
  const token = await readToken();
  expect(token.lastUsedAt?.getTime()).toBeGreaterThanOrEqual(before.getTime());
  expect(token.lastUsedFrom).toBe('127.0.0.1');
  const counts = await db.tokenRequests.findMany({ where: { tokenId: world.tokenId } });
  expect(counts.reduce((sum, { requests }) => sum + requests, 0n)).toBe(3n);
  await world.close();
});
