import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from '#lib/database/embedded.ts';
import { callsIn, waitForCallLine } from '#testing/call-log.ts';
import { childPids } from '#testing/child-processes.ts';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';
import { RawConnection, sendRaw } from '#testing/raw-http.ts';

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, { LOG_LEVEL: 'trace' });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const lineOf = (answer: { headers: Record<string, unknown> }) => waitForCallLine(world.server, answer);

  test('each call is one line with what happened to it', async () => {
    world.upstream.answerWith((response) => response.end('0123456789'));
    const trace = randomUUID().replaceAll('-', '');
    const headers = [
      ...world.bearer,
      'traceparent',
      `00-${trace}-00f067aa0ba902b7-01`,
      'content-type',
      'application/json',
    ];
    const answer = await world.call({ headers, body: '{"model":"deepseek-chat"}' });
    const line = await lineOf(answer);
    expect(line).toMatchObject({
      traceId: trace,
      method: 'POST',
      gateway: world.gateway.slug,
      gatewayId: world.gateway.id,
      tokenId: world.tokenId,
      provider: 'deepseek',
      model: 'deepseek-chat',
      status: 200,
      bytesIn: 25,
      bytesOut: 10,
      ms: expect.any(Number),
      gatewayMs: expect.any(Number),
      firstByteMs: expect.any(Number),
      receiveMs: expect.any(Number),
    });
    expect(line).not.toHaveProperty('end');
  });

  test('a refusal is one line with its code, and no more than is known', async () => {
    const missing = await lineOf(await world.call({ headers: [] }));
    expect(missing).toMatchObject({ status: 401, code: 'missing_authentication_token' });
    expect(missing).not.toHaveProperty('tokenId');
    const model = await lineOf(await world.call({ path: '/deepseek/planted-model/chat' }));
    expect(model).toMatchObject({ status: 404, code: 'model_not_found', tokenId: world.tokenId });
    expect(model).not.toHaveProperty('model');
  });

  test('no line holds a token, a key, a body or a query', async () => {
    const planted = 'planted-in-request';
    world.upstream.answerWith((response) => response.end('planted-in-answer'));
    const headers = [...world.bearer, 'x-odd', planted, 'content-type', 'application/json'];
    const answer = await world.call({
      path: `/deepseek/deepseek-chat/chat?q=${planted}`,
      headers,
      body: `{"model":"deepseek-chat","x":"${planted}"}`,
    });
    expect(answer.status).toBe(200);
    await lineOf(answer);
    for (const secret of [planted, 'planted-in-answer', world.token, STORED_KEY]) {
      expect(world.server.log()).not.toContain(secret);
    }
  });

  test("traceparent, tracestate and the provider's own request id pass unchanged", async () => {
    world.upstream.answerWith((response) => {
      response.setHeader('x-request-id', 'req_of_the_provider').setHeader('x-latchkey-request-id', 'spoofed').end();
    });
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const sent = ['traceparent', traceparent, 'tracestate', 'a=1,b=2', 'x-request-id', 'of-the-client'];
    const answer = await world.call({ headers: [...world.bearer, ...sent] });
    const [received] = world.upstream.requests;
    expect(received?.header('traceparent')).toEqual([traceparent]);
    expect(received?.header('tracestate')).toEqual(['a=1,b=2']);
    expect(received?.header('x-request-id')).toEqual(['of-the-client']);
    expect(answer.headers['x-request-id']).toBe('req_of_the_provider');
    expect(answer.headers['x-latchkey-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('how a call ended that did not end well is said', async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
      setTimeout(() => response.destroy(), 50);
    });
    await expect(world.call()).rejects.toThrow();
    const ends = () => callsIn(world.server.log()).map(({ end }) => end);
    await expect.poll(ends).toContain('upstream_broken');
  });
});

describe('metrics', () => {
  let world: GatewayWorld;
  let metricsPort: number;
  beforeAll(async () => {
    metricsPort = await findFreePort();
    world = await openGatewayWorld('proxy', { METRICS_PORT: String(metricsPort) });
  });
  afterAll(() => world.close());

  /** The value of a sample, by its name and labels as they stand. */
  async function read(sample: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${sample} `));
    return Number(line?.slice(sample.length + 1) ?? 0);
  }

  const answered = () =>
    read(`latchkey_requests_total{gateway="${world.gateway.slug}",provider="deepseek",status="200"}`);

  /** On a connection of its own, so that all workers get some. */
  async function callAnew(): Promise<void> {
    const text = world.rawHead(['Content-Length: 0', 'Connection: close']);
    expect((await sendRaw(world.server.port, text)).status).toBe(200);
  }

  test('calls are summed over the workers, and a worker that is killed takes none along', async () => {
    for (let i = 0; i < 40; i++) await callAnew();
    await expect.poll(answered).toBe(40);
    expect(await read('latchkey_gateway_seconds_count{provider="deepseek"}')).toBe(40);
    expect(await read('latchkey_upstream_first_byte_seconds_count{provider="deepseek"}')).toBe(40);
    expect(await read('latchkey_receive_seconds_count{provider="deepseek"}')).toBe(40);
    expect((await read('latchkey_cache_hits_total')) + (await read('latchkey_cache_reads_total'))).toBe(40);
    const primary = world.server.process.pid ?? 0;
    const [victim] = await childPids(primary);
    process.kill(victim ?? 0, 'SIGKILL');
    await expect.poll(() => childPids(primary)).not.toContain(victim);
    await expect.poll(async () => (await childPids(primary)).length).toBe(2);
    expect(await answered()).toBe(40);
    await callAnew();
    await expect.poll(answered).toBe(41);
  });

  test('names that only a client knows become no series', async () => {
    for (const slug of ['user-1-a', 'user-1-b']) await world.call({ slug });
    await world.call({ path: '/nobody/x/y' });
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(text).toContain('latchkey_requests_total{gateway="",provider="",status="404"} 2');
    expect(text).toContain(`latchkey_requests_total{gateway="${world.gateway.slug}",provider="",status="404"} 1`);
    expect(text).not.toMatch(/user-1-a|nobody/);
  });

  test('open calls, the age of the lease, and how long changes take', async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
    });
    const client = await RawConnection.open(world.server.port);
    client.write(world.rawHead(['Content-Length: 0']));
    await client.readUntil(/begun\r\n/);
    await expect.poll(() => read('latchkey_open_requests')).toBe(1);
    client.socket.destroy();
    await expect.poll(() => read('latchkey_open_requests')).toBe(0);
    expect(await read('latchkey_lease_age_seconds')).toBeLessThan(1.5);
    // What changes before a worker holds a lease, it does not hear of.
    await expect.poll(async () => (await fetch(`${world.server.origin}/readyz`)).status).toBe(200);
    const before = await read('latchkey_change_seconds_count');
    await world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id }).then(({ id }) => {
      return world.fixtures.db.authenticationToken.delete({ where: { id } });
    });
    await expect.poll(() => read('latchkey_change_seconds_count')).toBe(before + 2);
  });

  test('are served nowhere else', async () => {
    for (const headers of [{}, { host: `${world.gateway.slug}.ai-gateway.localhost` }]) {
      const answer = await sendRaw(
        world.server.port,
        `GET /metrics HTTP/1.1\r\nHost: ${'host' in headers ? headers.host : 'x'}\r\n\r\n`,
      );
      expect(answer.body).not.toContain('latchkey_requests_total');
    }
    expect((await fetch(`http://127.0.0.1:${metricsPort}/`)).status).toBe(404);
  });
});

test.each(['/healthz', '/readyz'])("%s on a gateway's host is the gateway's", async (path) => {
  const world = await openGatewayWorld('proxy');
  expect((await world.call({ byHost: true, path, method: 'GET' })).status).not.toBe(200);
  await expect.poll(async () => (await fetch(world.server.origin + path)).status).toBe(200);
  await world.close();
});
