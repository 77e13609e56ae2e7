import { expect, test } from 'vitest';
import { openGatewayWorld } from '#e2e/support/gateway-world.ts';

test('when a gateway was last called is written down, at the latest when the proxy stops', async () => {
  const world = await openGatewayWorld('proxy');
  const lastRequestAt = async () => {
    const row = await world.fixtures.db.gateway.findUniqueOrThrow({ where: { id: world.gateway.id } });
    return row.lastRequestAt?.getTime() ?? null;
  };
  const before = Date.now();
  await world.call({ headers: [] });
  expect(await lastRequestAt()).toBeNull();
  expect((await world.call()).status).toBe(200);
  expect(await world.server.stop()).toBe(0);
  expect(await lastRequestAt()).toBeGreaterThanOrEqual(before);
  await world.close();
});
