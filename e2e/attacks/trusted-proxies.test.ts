import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForCallLine } from '#testing/call-log.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';

const CLIENT = '203.0.113.7';

describe.each(TRANSPORTS)('through %s', (transport) => {
  let behindProxy: GatewayWorld;
  let facingClients: GatewayWorld;
  beforeAll(async () => {
    const env = { LOG_LEVEL: 'info' };
    behindProxy = await openGatewayWorld(transport, { ...env, TRUSTED_PROXIES: '127.0.0.0/8, 10.0.0.1,fd00::/8' });
    facingClients = await openGatewayWorld(transport, env);
  });
  afterAll(async () => {
    await behindProxy.close();
    await facingClients.close();
  });

  async function clientOf(world: GatewayWorld, headers: string[]) {
    const answer = await world.call({ headers: [...world.bearer, ...headers] });
    expect(answer.status).toBe(200);
    return (await waitForCallLine(world.server, answer))?.client;
  }

  test.each([
    ['nothing', [], '127.0.0.1'],
    ['X-Forwarded-For', ['x-forwarded-for', CLIENT], CLIENT],
    ['what the client claims before it', ['x-forwarded-for', `1.2.3.4, ${CLIENT}`], CLIENT],
    ['further trusted proxies', ['x-forwarded-for', `1.2.3.4, ${CLIENT}, 10.0.0.1, fd00::1`], CLIENT],
    ['Forwarded', ['forwarded', `for=1.2.3.4, for="${CLIENT}:80";proto=https`], CLIENT],
    ['IPv6', ['forwarded', 'for="[2a00:1450::1]:80", for="[fd00::1]"'], '2a00:1450::1'],
    ['both, that agree', ['x-forwarded-for', CLIENT, 'forwarded', `for=${CLIENT}`], CLIENT],
  ])('a trusted proxy is believed: %s', async (_name, headers, expected) => {
    expect(await clientOf(behindProxy, headers)).toBe(expected);
  });

  test.each([
    ['an obfuscated identifier', ['forwarded', `for=${CLIENT}, for=_hidden`]],
    ['no address', ['x-forwarded-for', `${CLIENT}, unknown`]],
    ['two headers that differ', ['x-forwarded-for', CLIENT, 'forwarded', 'for=1.2.3.4']],
  ])('behind a trusted proxy, %s names nobody', async (_name, headers) => {
    expect(await clientOf(behindProxy, headers)).toBeUndefined();
  });

  test.each([
    ['X-Forwarded-For', ['x-forwarded-for', CLIENT]],
    ['Forwarded', ['forwarded', `for=${CLIENT}`]],
    ['X-Real-IP', ['x-real-ip', CLIENT]],
    ['both', ['x-forwarded-for', CLIENT, 'forwarded', `for=${CLIENT}`]],
  ])('without trusted proxies %s says nothing', async (_name, headers) => {
    expect(await clientOf(facingClients, headers)).toBe('127.0.0.1');
  });
});

test('the last use of a token is its client’s, not the proxy’s', async () => {
  const world = await openGatewayWorld('proxy', { TRUSTED_PROXIES: '127.0.0.1' });
  expect((await world.call({ headers: [...world.bearer, 'x-forwarded-for', '8.8.4.7'] })).status).toBe(200);
  expect(await world.server.stop()).toBe(0);
  const token = await world.fixtures.db.authenticationToken.findUniqueOrThrow({ where: { id: world.tokenId } });
  expect(token.lastUsedFrom).toBe('8.8.4.0/24');
  await world.close();
});
