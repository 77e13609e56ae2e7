import { createServer as createTcpServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from '#lib/database/embedded.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { listen } from '#testing/listen.ts';
import { RawConnection } from '#testing/raw-http.ts';
import { SELF_SIGNED } from '#testing/self-signed.ts';

const LIMITS = {
  UPSTREAM_CONNECT_TIMEOUT_MS: '1000',
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: '1500',
  UPSTREAM_IDLE_TIMEOUT_MS: '1500',
  UPSTREAM_ALLOWLIST: '127.0.0.1,no-such-host.invalid',
};
/** What a timer may be late: undici's ticks twice a second, and the machine is shared. */
const MARGIN_MS = 3_000;

/** Acceptance group G, 1 and 2. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, LIMITS);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  /** Calls a provider at this address; returns the answer, and how long it took. */
  async function callAt(baseUrl: string) {
    const { id } = world.provider;
    await world.fixtures.db.provider.update({ where: { id }, data: { baseUrl } });
    await world.fixtures.settle();
    const startedAt = performance.now();
    try {
      return { ...(await world.call()), milliseconds: performance.now() - startedAt };
    } finally {
      await world.fixtures.db.provider.update({ where: { id }, data: { baseUrl: `${world.upstream.origin}/base` } });
      await world.fixtures.settle();
    }
  }

  test.each<[string, () => Promise<string>]>([
    ['that refuses connections', async () => `http://127.0.0.1:${await findFreePort()}`],
    ['whose name is unknown', async () => 'https://no-such-host.invalid'],
    ['at a private address', async () => 'https://10.0.0.1'],
    ['at the address of a cloud’s metadata', async () => 'https://169.254.169.254'],
    ['that is the loopback by another name', async () => 'https://localhost'],
    ['without TLS', async () => 'http://8.8.8.8'],
  ])('a provider %s gets 502 within the connect limit, and the answer does not say where it is', async (_name, at) => {
    const baseUrl = await at();
    const answer = await callAt(baseUrl);
    expect(answer).toMatchObject({ status: 502, headers: { 'x-latchkey-error': 'upstream_unreachable' } });
    expect(answer.milliseconds).toBeLessThan(1_000 + MARGIN_MS);
    expect(answer.text).not.toContain(new URL(baseUrl).host);
  });

  test('a provider with a certificate of its own making gets 502, and is not sent the key', async () => {
    let received = '';
    const server = createTlsServer(SELF_SIGNED, (socket) => {
      socket.on('data', (chunk) => {
        received += chunk;
      });
    });
    server.on('tlsClientError', () => {});
    await withServer(server, async (port) => {
      expect(await callAt(`https://127.0.0.1:${port}`)).toMatchObject({ status: 502 });
    });
    expect(received).toBe('');
  });

  test('a provider that says nothing gets 504 at the first-byte limit, after one request', async () => {
    let answered = 0;
    world.upstream.answerWith(() => {
      answered += 1;
    });
    const answer = await callAt(`${world.upstream.origin}/base`);
    expect(answer).toMatchObject({ status: 504, headers: { 'x-latchkey-error': 'upstream_timeout' } });
    expect(answer.milliseconds).toBeGreaterThan(1_000);
    expect(answer.milliseconds).toBeLessThan(1_500 + MARGIN_MS);
    expect(answered).toBe(1);
  });

  test('a provider that hangs up without an answer gets 502, after one request', async () => {
    world.upstream.answerWith((_response, request) => request.socket.destroy());
    expect(await callAt(`${world.upstream.origin}/base`)).toMatchObject({ status: 502 });
    expect(world.upstream.requests).toHaveLength(1);
  });

  test('a provider that answers no HTTP gets 502', async () => {
    const server = createTcpServer((socket) => {
      socket
        .on('error', () => {})
        .resume()
        .end('SSH-2.0-OpenSSH\r\n');
    });
    await withServer(server, async (port) => {
      expect(await callAt(`http://127.0.0.1:${port}`)).toMatchObject({ status: 502 });
    });
  });

  test('a provider that stalls mid-stream is cut at the idle limit', async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
    });
    const client = await RawConnection.open(world.server.port);
    client.write(world.rawHead(['Content-Length: 0']));
    await client.readUntil(/begun\r\n/);
    const startedAt = performance.now();
    await client.waitForClose();
    expect(performance.now() - startedAt).toBeLessThan(1_500 + MARGIN_MS);
    expect(client.pending).toBe('');
    await world.upstream.requests[0]?.aborted;
  });

  test.each([
    [429, { 'retry-after': '17' }],
    [503, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }],
    [401, { 'www-authenticate': 'Bearer realm="provider"' }],
    [302, { location: 'http://127.0.0.1:1/elsewhere' }],
    [307, { location: '/elsewhere' }],
    [500, {}],
  ])('status %i comes back unchanged, and nothing is followed or repeated', async (status, headers) => {
    world.upstream.answerWith((response) => {
      response.writeHead(status, headers).end('its own words');
    });
    const answer = await world.call();
    expect(answer).toMatchObject({ status, headers, text: 'its own words' });
    expect(answer.headers['x-latchkey-error']).toBeUndefined();
    expect(world.upstream.requests).toHaveLength(1);
  });
});

// fetch's Response cannot carry a 1xx.
describe('informational responses', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld('proxy', LIMITS);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  test('however many come, the answer must begin within the first-byte limit', async () => {
    world.upstream.answerWith((response) => {
      const working = setInterval(() => response.writeProcessing(), 200);
      response.on('close', () => clearInterval(working));
    });
    const client = await RawConnection.open(world.server.port);
    const startedAt = performance.now();
    client.write(world.rawHead(['Content-Length: 0']));
    let status = 102;
    while (status === 102) status = (await client.readResponse()).status;
    expect(status).toBe(504);
    expect(performance.now() - startedAt).toBeLessThan(1_500 + MARGIN_MS);
    await world.upstream.requests[0]?.aborted;
    client.socket.destroy();
  });

  test('they do not hurry the answer either, and do not touch a stream that has begun', async () => {
    world.upstream.answerWith((response) => {
      response.writeProcessing();
      setTimeout(() => response.writeHead(200).write('begun'), 800);
      setTimeout(() => response.end('ended'), 1_800);
    });
    const client = await RawConnection.open(world.server.port);
    client.write(world.rawHead(['Content-Length: 0']));
    expect(await client.readUntil(/0\r\n\r\n/)).toMatch(/^HTTP\/1\.1 102 .*HTTP\/1\.1 200 .*begun.*ended/s);
    client.socket.destroy();
  });

  test.each(['100 Continue', '103 Early Hints'])('a provider that sends %s without end is cut off', async (line) => {
    const flood = Buffer.from(`HTTP/1.1 ${line}\r\n\r\n`.repeat(1_000));
    const server = createTcpServer((socket) => {
      const send = () => socket.write(flood, (error) => error || send());
      socket.on('error', () => {}).once('data', send);
    });
    await withServer(server, async (port) => {
      const { id } = world.provider;
      await world.fixtures.db.provider.update({ where: { id }, data: { baseUrl: `http://127.0.0.1:${port}` } });
      await world.fixtures.settle();
      const client = await RawConnection.open(world.server.port);
      client.write(world.rawHead(['Content-Length: 0']));
      let status = 103;
      while (status === 103) status = (await client.readResponse()).status;
      // Not 504: until the limit it would keep everybody else of its worker waiting.
      expect(status).toBe(502);
      client.socket.destroy();
    });
  });

  test.each([
    ['in one piece with the answer', (text: string) => [text]],
    ['a byte at a time', (text: string) => [...text]],
  ])('100 that nobody asked for is skipped, %s', async (_how, cut) => {
    const body = 'HTTP/1.1 100 Continue\r\n\r\n';
    const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const server = createTcpServer({ noDelay: true }, (socket) => {
      socket
        .on('error', () => {})
        .on('data', async () => {
          for (const piece of cut(`HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 100\r\n\r\n${answer}`)) {
            await new Promise((resolve) => socket.write(piece, resolve));
          }
        });
    });
    await withServer(server, async (port) => {
      const { id } = world.provider;
      await world.fixtures.db.provider.update({ where: { id }, data: { baseUrl: `http://127.0.0.1:${port}` } });
      await world.fixtures.settle();
      // The second goes over the same connection.
      for (let i = 0; i < 2; i++) expect(await world.call()).toMatchObject({ status: 200, text: body });
    });
  });
});

/** Acceptance group G, 3, as long as a test may be: the connections of `npm run bench` are called for longer. */
test('an upstream that closes idle connections is called again and again around that time, and never gets 502', async () => {
  const world = await openGatewayWorld('proxy');
  try {
    for (const idleMs of [3_900, 4_100, 4_900]) {
      expect((await world.call()).status).toBe(200);
      await delay(idleMs);
    }
    expect((await world.call()).status).toBe(200);
  } finally {
    await world.close();
  }
});

async function withServer(server: Server, use: (port: number) => Promise<void>): Promise<void> {
  const { port, close } = await listen(server);
  try {
    await use(port);
  } finally {
    await close();
  }
}
