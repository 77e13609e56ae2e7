import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

describe.each(TRANSPORTS)('through %s, a gateway whose authentication is off', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.upstream.reset();
    await setAuthenticated(false);
  });

  async function setAuthenticated(authenticated: boolean) {
    await world.fixtures.db.gateway.update({ where: { id: world.gateway.id }, data: { authenticated } });
    await world.fixtures.settle();
  }

  test.each([
    ['no token', []],
    ['an unknown token', ['authorization', `Bearer ${generateToken()}`]],
    ['what is no token of ours', ['authorization', 'Bearer sk-of-the-client']],
    ['another scheme', ['authorization', 'Basic dTpw']],
  ])('answers with %s, under the stored key', async (_what, headers) => {
    expect((await world.call({ headers })).status).toBe(200);
    expect(world.upstream.requests[0]?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
  });

  test('answers with a good token, which goes no further', async () => {
    expect((await world.call()).status).toBe(200);
    expect(world.upstream.receivedText()).not.toContain(world.token);
  });

  test('asks for a token again as soon as it is switched on', async () => {
    expect((await world.call({ headers: [] })).status).toBe(200);
    await setAuthenticated(true);
    expect(await world.call({ headers: [] })).toMatchObject({
      status: 401,
      headers: { 'x-latchkey-error': 'missing_authentication_token' },
    });
    expect((await world.call()).status).toBe(200);
  });
});
