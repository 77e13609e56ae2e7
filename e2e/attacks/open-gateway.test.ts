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

  test.each([
    ['a page of another site', ['origin', 'https://evil.example']],
    ['a page of no origin, as in a sandbox', ['origin', 'null']],
    ['a page on another port', ['origin', 'http://127.0.0.1:1']],
    ['a picture or link of another site', ['sec-fetch-site', 'cross-site']],
    ['one of a sibling', ['sec-fetch-site', 'same-site']],
    ['a name that was made to lead here', ['host', 'evil.example']],
    ['such a name with a port', ['host', 'a.evil.example:3000']],
    ['such a name with a dot', ['host', 'evil.example.']],
  ])('does not answer %s without a token, and with one it does', async (_what, more) => {
    const refused = await world.call({ headers: more });
    expect(refused).toMatchObject({ status: 403, headers: { 'x-latchkey-error': 'origin_not_allowed' } });
    expect(world.upstream.requests).toEqual([]);
    expect((await world.call({ headers: [...world.bearer, ...more] })).status).toBe(200);
  });

  test('answers who types its address, and its own pages', async () => {
    expect((await world.call({ headers: ['sec-fetch-site', 'none'] })).status).toBe(200);
    const own = { byHost: true, headers: ['sec-fetch-site', 'same-origin'] };
    expect((await world.call(own)).status).toBe(200);
  });

  test('answers pages that an admin has listed', async () => {
    const { gateway, fixtures } = world;
    const list = async (corsOrigins: string[]) => {
      await fixtures.db.gateway.update({ where: { id: gateway.id }, data: { corsOrigins } });
      await fixtures.settle();
    };
    await list(['https://app.example']);
    const page = ['origin', 'https://app.example', 'sec-fetch-site', 'cross-site'];
    expect((await world.call({ headers: page })).status).toBe(200);
    await list([]);
    expect((await world.call({ headers: page })).status).toBe(403);
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
