import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';

const LARGEST = 2 * 1024 * 1024;
/** What a process keeps at once is eight bodies of the largest size; one worker is one process. */
const ROOM = { PROXY_WORKERS: '1', MAX_JSON_BODY_BYTES: String(LARGEST) };

type Owner = { slug?: string; token: string };

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  const open: RawConnection[] = [];

  beforeAll(async () => {
    world = await openGatewayWorld(transport, ROOM);
    // Next's first call waits for a lease.
    await world.call();
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());
  afterEach(async () => {
    for (const client of open) client.socket.destroy();
    await Promise.all(open.splice(0).map((client) => client.waitForClose()));
    await expect.poll(keepsAll).toBe(true);
  });

  /** Sends all of a body of the largest size but for its last byte. */
  async function withholdEnd({ slug = world.gateway.slug, token }: Owner) {
    const client = await RawConnection.open(world.server.port);
    open.push(client);
    const target = `/gateway/${slug}/deepseek/deepseek-chat/chat`;
    const lines = [`Authorization: Bearer ${token}`, 'Content-Type: application/json', `Content-Length: ${LARGEST}`];
    client.write(world.rawHead(lines, { token: false, target }));
    client.write(`{"text":"${'x'.repeat(LARGEST - 11)}"`);
    return client;
  }

  /** How many of these were refused so far, and with what. */
  const refusalsOf = (clients: RawConnection[]) =>
    clients.flatMap(({ pending }) => /HTTP\/1.1 (\d+)/.exec(pending)?.[1] ?? []);

  async function callAs({ token, slug }: Owner, size: number) {
    const headers = ['authorization', `Bearer ${token}`, 'content-type', 'application/json'];
    const body = `{"text":"${'x'.repeat(size - 11)}"}`;
    return (await world.call({ body, headers, ...(slug !== undefined && { slug }) })).status;
  }

  /** Whether eight bodies of the largest size find room, to the last byte: what another took is all there again. */
  async function keepsAll() {
    const clients = await Promise.all(Array.from({ length: 8 }, () => withholdEnd(world)));
    // Their eight last bytes are what is left.
    const whole = await world.call({
      body: '{"a":12}',
      headers: [...world.bearer, 'content-type', 'application/json'],
    });
    for (const client of clients) client.write('}');
    const answers = await Promise.all(clients.map((client) => client.readResponse().catch(() => null)));
    for (const client of clients) client.socket.destroy();
    return [whole, ...answers].every((answer) => answer?.status === 200);
  }

  async function otherGateway() {
    const gateway = await world.fixtures.addGateway(world.account.id, 'other-gateway');
    await world.fixtures.addProvider({
      gatewayId: gateway.id,
      kind: 'deepseek',
      baseUrl: `${world.upstream.origin}/base`,
      key: 'sk-other',
      models: ['deepseek-chat'],
    });
    return { ...gateway, owner: { accountId: world.account.id, gatewayId: gateway.id } };
  }

  test('a token that withholds the ends of 24 bodies takes the room from nobody but itself', async () => {
    const owner = { accountId: world.account.id, gatewayId: world.gateway.id };
    const other = await world.fixtures.addToken(owner);
    const clients = await Promise.all(Array.from({ length: 24 }, () => withholdEnd(world)));
    await expect.poll(() => refusalsOf(clients).length).toBe(16);
    for (let round = 0; round < 4; round++) {
      const statuses = await Promise.all(Array.from({ length: 8 }, () => callAs(other, LARGEST / 8)));
      expect(statuses).toEqual(Array(8).fill(200));
    }
    expect(await callAs(other, LARGEST)).toBe(200);
    expect(refusalsOf(clients).length).toBeGreaterThan(16);
    expect(new Set(refusalsOf(clients))).toEqual(new Set(['503']));
    // What was left to it is served as before.
    const left = clients.filter((client) => client.pending === '');
    for (const client of left) client.write('}');
    const answers = await Promise.all(left.map((client) => client.readResponse()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('many tokens of one gateway take the room from no other gateway', async () => {
    const crowd = await world.fixtures.addTokens({ accountId: world.account.id, gatewayId: world.gateway.id }, 12);
    const { slug, owner } = await otherGateway();
    const { token } = await world.fixtures.addToken(owner);
    const clients = await Promise.all(crowd.flatMap((one) => [withholdEnd(one), withholdEnd(one)]));
    await expect.poll(() => refusalsOf(clients).length).toBe(16);
    for (let i = 0; i < 3; i++) {
      const statuses = await Promise.all([1, 2].map(() => callAs({ slug, token }, LARGEST)));
      expect(statuses).toEqual([200, 200]);
    }
    expect(new Set(refusalsOf(clients))).toEqual(new Set(['503']));
  });

  test('a body that gives way is told to come back, and why', async () => {
    const other = await world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id });
    const clients = await Promise.all(Array.from({ length: 8 }, () => withholdEnd(world)));
    const call = async () => [await callAs(other, LARGEST), refusalsOf(clients).length > 0];
    // Until all eight have arrived, there is room for one more.
    await expect.poll(call).toEqual([200, true]);
    const refused = await clients.find((client) => client.pending !== '')?.readResponse();
    expect(refused).toMatchObject({ status: 503, headers: { 'x-latchkey-error': 'overloaded', 'retry-after': '1' } });
  });

  test('what is kept to decode an upload that never ends gives way, too', async () => {
    const other = await world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id });
    const client = await RawConnection.open(world.server.port);
    open.push(client);
    const arrived = world.upstream.nextRequest();
    // The window of this coding is as large as the room.
    const half = brotliCompressSync(Buffer.alloc(8 * LARGEST, 'x'), { finishFlush: constants.BROTLI_OPERATION_FLUSH });
    const lines = ['Content-Type: audio/mpeg', 'Content-Encoding: br', `Content-Length: ${half.length + 1}`];
    client.write(world.rawHead(lines) + half.toString('latin1'));
    const { body } = await arrived;
    const brokenOff = expect(body).rejects.toThrow();
    // Until the decoder has filled its window, there is room for both.
    while (client.pending === '') expect(await callAs(other, LARGEST)).toBe(200);
    expect(await client.readResponse()).toMatchObject({ status: 503, headers: { 'x-latchkey-error': 'overloaded' } });
    await brokenOff;
  });

  test('uploads that begin like JSON leave their room when that has gone on to their provider', async () => {
    const head = world.rawHead(['Content-Type: text/plain', `Content-Length: ${LARGEST + 1}`]);
    const clients = await Promise.all(Array.from({ length: 8 }, () => RawConnection.open(world.server.port)));
    open.push(...clients);
    for (const client of clients) client.write(`${head}${' '.repeat(LARGEST - 1)}x`);
    await expect.poll(() => world.upstream.requests.length).toBe(8);
    await expect.poll(() => callAs(world, LARGEST)).toBe(200);
    for (const client of clients) client.write('x');
    const answers = await Promise.all(clients.map((client) => client.readResponse()));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });

  test('whole, refused and broken off bodies leave all their room', async () => {
    const clients = await Promise.all(Array.from({ length: 12 }, () => withholdEnd(world)));
    await expect.poll(() => refusalsOf(clients).length).toBe(4);
    const [first, second, ...others] = clients.filter((client) => client.pending === '');
    first?.write('}');
    expect((await first?.readResponse())?.status).toBe(200);
    second?.write('!');
    expect((await second?.readResponse())?.status).toBe(400);
    for (const client of others) client.socket.destroy();
    await expect.poll(keepsAll).toBe(true);
  });
});

/** A body is waited for no longer than a client may be idle; then this many bytes a second are too few. */
describe.each(TRANSPORTS)('through %s, with clients that may be idle for a second', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, { ...ROOM, UPSTREAM_IDLE_TIMEOUT_MS: '1000' });
    await world.call();
  });
  afterAll(() => world.close());

  /** Sends a body of 40 pieces in 4 s. */
  async function sendSlowly(pieceBytes: number) {
    const client = await RawConnection.open(world.server.port);
    const length = 40 * pieceBytes;
    client.write(world.rawHead(['Content-Type: application/json', `Content-Length: ${length}`]));
    const body = `{"text":"${'x'.repeat(length - 11)}"}`;
    let sent = 0;
    const timer = setInterval(() => {
      client.write(body.slice(sent, sent + pieceBytes));
      sent += pieceBytes;
    }, 100);
    const answer = await client.readResponse();
    clearInterval(timer);
    client.socket.destroy();
    return answer;
  }

  test('a body of 10 kB a second arrives, and one of 200 bytes a second gets 408', async () => {
    const [honest, slow] = await Promise.all([sendSlowly(1_000), sendSlowly(20)]);
    expect(honest.status).toBe(200);
    expect(slow).toMatchObject({ status: 408, headers: { 'x-latchkey-error': 'request_timeout' } });
  });
});
