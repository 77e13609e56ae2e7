import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';

const GENERAL_MS = 1_000;

const LIMITS = {
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: String(GENERAL_MS),
  UPSTREAM_IDLE_TIMEOUT_MS: String(GENERAL_MS),
};

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, LIMITS);
  });
  afterAll(() => world.close());

  async function setLimits(limits: { firstByteTimeoutMs: number | null; idleTimeoutMs: number | null }) {
    await world.fixtures.db.provider.update({ where: { id: world.provider.id }, data: limits });
    await world.fixtures.settle();
  }

  test('a provider with longer limits has the time that they allow', async () => {
    await setLimits({ firstByteTimeoutMs: 20_000, idleTimeoutMs: 20_000 });
    // Long after the general limits, which undici's timers keep to within a second.
    world.upstream.answerWith((response) => {
      setTimeout(() => response.writeHead(200).write('begun, '), 3 * GENERAL_MS);
      setTimeout(() => response.end('ended'), 6 * GENERAL_MS);
    });
    expect(await world.call()).toMatchObject({ status: 200, text: 'begun, ended' });
  });

  test('one without has the general ones, and a longer one for the beginning is none for a pause', async () => {
    await setLimits({ firstByteTimeoutMs: null, idleTimeoutMs: 20_000 });
    world.upstream.answerWith(() => {});
    expect(await world.call()).toMatchObject({ status: 504, headers: { 'x-latchkey-error': 'upstream_timeout' } });
    await setLimits({ firstByteTimeoutMs: 20_000, idleTimeoutMs: null });
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
    });
    await expect(world.call()).rejects.toThrow();
  });
});

describe.each(TRANSPORTS)('through %s, with general limits that nobody waits for', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());

  test('a provider with shorter limits is given up when they say so', async () => {
    const data = { firstByteTimeoutMs: 1_000, idleTimeoutMs: 1_000 };
    await world.fixtures.db.provider.update({ where: { id: world.provider.id }, data });
    await world.fixtures.settle();
    world.upstream.answerWith(() => {});
    expect(await world.call()).toMatchObject({ status: 504, headers: { 'x-latchkey-error': 'upstream_timeout' } });
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
    });
    await expect(world.call()).rejects.toThrow();
  });
});
