import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

/** Acceptance group A. */
describe.each(TRANSPORTS)('a token, through %s,', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const callWith = (token: string) => world.call({ headers: ['authorization', `Bearer ${token}`] });

  test('that is good calls the provider under its stored key, and is nowhere in what the provider receives', async () => {
    const answer = await world.call({ headers: [...world.bearer, 'x-note', `token ${world.token}`] });
    expect(answer).toMatchObject({ status: 200, text: '{}' });
    expect(world.upstream.requests[0]?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
    expect(world.upstream.receivedText()).toContain('/base/chat/completions');
    expect(world.upstream.receivedText()).not.toContain(world.token);
    expect(world.upstream.receivedText()).not.toContain('lk_');
  });

  test.each([0, 3, 20, 45, 46, 51])('with character %i changed is refused', async (at) => {
    const other = world.token[at] === 'A' ? 'B' : 'A';
    await expectRefused(callWith(world.token.slice(0, at) + other + world.token.slice(at + 1)));
  });

  test.each([
    ['an SQL injection', () => "' OR '1'='1"],
    ['a JSON operator', () => '{"not":""}'],
    ['the token in lower case', () => world.token.toLowerCase()],
    ['the token after a space', () => ` ${world.token}`],
    ['the token with padding', () => `${world.token}==`],
    ['the token percent-encoded', () => world.token.replace('_', '%5F')],
    ['the token with letters of full width', () => Buffer.from(world.token.replace('lk', 'ｌｋ')).toString('latin1')],
    ['a token that was never handed out', () => generateToken()],
  ])('that is %s is refused', async (_name, make) => {
    await expectRefused(callWith(make()));
  });

  test('is refused at the next request when it is disabled, expired or deleted, and taken again when enabled', async () => {
    const { accountId, id: gatewayId } = world.gateway;
    const { db, settle } = world.fixtures;
    const { token, id } = await world.fixtures.addToken({ accountId, gatewayId });
    expect((await callWith(token)).status).toBe(200);
    await db.authenticationToken.update({ where: { id }, data: { status: 'DISABLED' } });
    await settle();
    await expectRefused(callWith(token));
    await db.authenticationToken.update({ where: { id }, data: { status: 'ACTIVE' } });
    await settle();
    expect((await callWith(token)).status).toBe(200);
    await db.authenticationToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
    await settle();
    await expectRefused(callWith(token));
    await db.authenticationToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() + 60_000) } });
    await settle();
    expect((await callWith(token)).status).toBe(200);
    await db.authenticationToken.delete({ where: { id } });
    await settle();
    await expectRefused(callWith(token));
  });

  test('of another gateway is answered with the bytes that an unknown token gets', async () => {
    const other = await world.fixtures.addGateway(world.account.id, 'other-gateway');
    const { token } = await world.fixtures.addToken({ accountId: world.account.id, gatewayId: other.id });
    await expectRefused(callWith(token));
  });

  test('of a deleted gateway is not taken by a new one of the same name', async () => {
    const { account, fixtures } = world;
    const old = await fixtures.addGateway(account.id, 'remade-gateway');
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId: old.id });
    await fixtures.db.gateway.delete({ where: { id: old.id } });
    await fixtures.settle();
    await fixtures.addGateway(account.id, 'remade-gateway');
    const answer = await world.call({ slug: old.slug, headers: ['authorization', `Bearer ${token}`] });
    expect(answer).toMatchObject({ status: 401, text: REFUSED });
  });

  async function expectRefused(pending: ReturnType<GatewayWorld['call']>) {
    const before = world.upstream.requests.length;
    const { status, headers, text } = await pending;
    expect({ status, text }).toEqual({ status: 401, text: REFUSED });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-latchkey-error': 'invalid_authentication_token',
      'www-authenticate': `Bearer realm="${world.gateway.slug}", error="invalid_token"`,
    });
    expect(world.upstream.requests).toHaveLength(before);
  }
});

/** One text for every reason. */
const REFUSED =
  '{"error":{"message":"Invalid authentication token.","type":"authentication_error",' +
  '"code":"invalid_authentication_token","param":null}}';

describe.each(TRANSPORTS)('without a database, through %s,', (transport) => {
  test('a good token gets 503 and is told to come back, never a pass and never a 401', async () => {
    const world = await openGatewayWorld(transport);
    try {
      await world.fixtures.db.$executeRawUnsafe('ALTER TABLE authentication_token RENAME TO gone');
      const answer = await world.call();
      expect(answer.status).toBe(503);
      expect(answer.headers).toMatchObject({ 'x-latchkey-error': 'authentication_unavailable', 'retry-after': '1' });
      expect(world.upstream.requests).toHaveLength(0);
      // These are never looked up, so they get the same answer as ever.
      for (const neverMade of ['x', 'x'.repeat(8192), `${world.token.slice(0, -1)}!`, world.token.replace(/.$/, '')]) {
        expect((await world.call({ headers: ['authorization', `Bearer ${neverMade}`] })).status).toBe(401);
      }
      expect(world.server.log()).not.toContain(world.token);
    } finally {
      await world.close();
    }
  });
});
