import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';
import { withinOneSecond } from '#testing/within-one-second.ts';

/** Acceptance group E, 1–4. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  let client: RawConnection;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.upstream.reset();
    client = await RawConnection.open(world.server.port);
    return () => client.socket.destroy();
  });

  /** The response that the upstream writes to, once the call has arrived there. */
  function openResponse(): Promise<ServerResponse> {
    return new Promise((resolve) => {
      world.upstream.answerWith((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.flushHeaders();
        resolve(response);
      });
    });
  }

  test('each event reaches the client before the next is sent, byte for byte', async () => {
    const opened = openResponse();
    client.write(world.rawHead(['Content-Length: 0', 'Accept-Encoding: gzip']));
    const response = await opened;
    // The answer's head does not wait for the first event.
    expect(await client.readUntil(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 /);
    const latencies: number[] = [];
    for (let i = 0; i < 5; i++) {
      const event = `data: {"index":${i},"text":"người dùng"}\n\n`;
      const sentAt = performance.now();
      response.write(event);
      const received = await client.readUntil(/\n\n\r\n/);
      latencies.push(performance.now() - sentAt);
      expect(Buffer.from(received, 'latin1').toString()).toContain(`\r\n${event}`);
    }
    // One slow one may be the machine's; a proxy that holds events back is slow in all.
    expect(Math.min(...latencies)).toBeLessThan(50);
    response.end();
    await client.readUntil(/0\r\n\r\n/);
  });

  test('a client that goes mid-stream ends the upstream call within a second', async () => {
    const opened = openResponse();
    client.write(world.rawHead(['Content-Length: 0']));
    (await opened).write('data: 1\n\n');
    await client.readUntil(/data: 1/);
    client.socket.destroy();
    await withinOneSecond(world.upstream.requests[0]?.aborted);
    expect(world.upstream.requests).toHaveLength(1);
  });

  test('a client that goes while the provider thinks ends the upstream call within a second', async () => {
    world.upstream.answerWith(() => {});
    const arrived = world.upstream.nextRequest();
    client.write(world.rawHead(['Content-Length: 0']));
    const received = await arrived;
    client.socket.destroy();
    await withinOneSecond(received.aborted);
    expect(world.upstream.requests).toHaveLength(1);
  });

  test('a client that goes while its token is looked up costs no upstream call', async () => {
    const { id: gatewayId, accountId } = world.gateway;
    const { token } = await world.fixtures.addToken({ accountId, gatewayId });
    await world.fixtures.db.$transaction(async (transaction) => {
      await transaction.$executeRaw`LOCK TABLE authentication_token`;
      client.write(world.rawHead(['Content-Length: 0', `Authorization: Bearer ${token}`], { token: false }));
      await untilWaitingForLock(world);
      client.socket.destroy();
      // Its answer shows that the server has come past the client's leaving.
      await fetch(`${world.server.origin}/healthz`);
    });
    expect((await world.call()).status).toBe(200);
    expect(world.upstream.requests).toHaveLength(1);
  });

  test('a client that goes mid-upload ends the upstream call within a second', async () => {
    const arrived = world.upstream.nextRequest();
    client.write(world.rawHead(['Content-Type: audio/mpeg', 'Content-Length: 5000']) + 'x'.repeat(100));
    const received = await arrived;
    client.socket.destroy();
    await withinOneSecond(received.aborted);
    await expect(received.body).rejects.toThrow();
    expect(world.upstream.requests).toHaveLength(1);
  });

  test('a body that is no JSON reaches the provider as it comes, not when it is whole', async () => {
    const arrived = world.upstream.nextRequest();
    client.write(world.rawHead(['Content-Type: audio/mpeg', 'Transfer-Encoding: chunked']));
    client.write('5\r\nfirst\r\n');
    const received = await arrived;
    client.write('6\r\nsecond\r\n0\r\n\r\n');
    expect((await received.body).toString()).toBe('firstsecond');
    expect((await client.readResponse()).status).toBe(200);
  });

  test('a provider that breaks off mid-stream leaves the client with a broken stream', async () => {
    const opened = openResponse();
    client.write(world.rawHead(['Content-Length: 0']));
    const response = await opened;
    response.write('data: 1\n\n');
    await client.readUntil(/data: 1\n\n\r\n/);
    response.destroy();
    await client.waitForClose();
    // The last chunk, of length 0, never came: no client takes this for the end.
    expect(client.pending).toBe('');
  });

  // Next's server frames every answer in chunks.
  if (transport === 'proxy')
    test('a provider that breaks off resets the connection where only its end marks the end', async () => {
      const opened = openResponse();
      client.write(world.rawHead(['Content-Length: 0'], { version: '1.0' }));
      const response = await opened;
      response.write('data: 1\n\n');
      await client.readUntil(/data: 1\n\n/);
      const reset = once(client.socket, 'error');
      response.destroy();
      expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' });
    });

  test('a provider that resets where only its end would mark the end leaves the client with a broken stream', async () => {
    world.upstream.answerWith((response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n');
      arrived.then(() => response.socket?.resetAndDestroy());
    });
    client.write(world.rawHead(['Content-Length: 0']));
    const arrived = client.readUntil(/data: 1\n\n\r\n/);
    await arrived;
    await client.waitForClose();
    expect(client.pending).toBe('');
  });

  test('a provider that breaks off a sized body leaves the client short of it', async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('12345', () => response.destroy());
    });
    client.write(world.rawHead(['Content-Length: 0']));
    const received = await client.readUntil(/12345/);
    // Next drops the length, and sends chunks.
    if (transport === 'proxy') expect(received).toMatch(/content-length: 10/i);
    await client.waitForClose();
    expect(client.pending.trim()).toBe('');
  });

  // Next drops Content-Encoding, so through it providers are asked for none.
  if (transport === 'proxy')
    test('gzip from the provider arrives as the same bytes under the same header', async () => {
      const compressed = gzipSync('{"a":"b"}'.repeat(200));
      world.upstream.answerWith((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(compressed);
      });
      client.write(world.rawHead(['Content-Length: 0', 'Accept-Encoding: gzip']));
      const answer = await client.readResponse();
      expect(answer.headers['content-encoding']).toBe('gzip');
      expect(Buffer.from(answer.body, 'latin1').equals(compressed)).toBe(true);
      expect(gunzipSync(Buffer.from(answer.body, 'latin1')).toString()).toContain('{"a":"b"}');
      expect(world.upstream.requests[0]?.header('accept-encoding')).toEqual(['gzip']);
    });

  test('what the provider sends uncompressed stays so, though the client would take gzip', async () => {
    const text = '{"a":"b"}'.repeat(1000);
    world.upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    });
    client.write(world.rawHead(['Content-Length: 0', 'Accept-Encoding: gzip']));
    const answer = await client.readResponse();
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body).toBe(text);
  });

  test('HEAD has the headers of the answer and no body', async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(200, { 'x-up': '1', 'content-length': '5' }).end();
    });
    client.write(world.rawHead([], { method: 'HEAD' }));
    const answer = await client.readResponse({ head: true });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-up': '1' } });
    client.write(world.rawHead([], { method: 'HEAD', token: false }));
    expect((await client.readResponse({ head: true })).status).toBe(401);
    expect(client.pending).toBe('');
    expect(world.upstream.requests[0]?.method).toBe('HEAD');
  });

  test.each([204, 304])('%i has no body, and the connection goes on', async (status) => {
    world.upstream.answerWith((response) => {
      response.writeHead(status).end();
    });
    for (let i = 0; i < 2; i++) {
      client.write(world.rawHead(['Content-Length: 0']));
      expect((await client.readResponse({ head: true })).status).toBe(status);
    }
  });

  test('methods that a provider has no use for are refused', async () => {
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND']) {
      const connection = await RawConnection.open(world.server.port);
      const target = method === 'CONNECT' ? { target: 'example.com:443' } : {};
      connection.write(world.rawHead([], { method, ...target }));
      if (transport === 'proxy') expect((await connection.readResponse()).status).toBe(405);
      // Next answers these itself, or closes.
      else
        await connection.readResponse().then(
          ({ status }) => expect(status).toBeGreaterThanOrEqual(400),
          () => {},
        );
      connection.socket.destroy();
    }
    expect(world.upstream.requests).toHaveLength(0);
  });

  test('a client that does not read slows the provider down', async () => {
    const opened = openResponse();
    client.write(world.rawHead(['Content-Length: 0']));
    const response = await opened;
    await client.readUntil(/\r\n\r\n/);
    client.socket.pause();
    const piece = Buffer.alloc(64 * 1024, 'x');
    let written = 0;
    // Until the kernel's buffers and ours are full; 64 MiB would mean that somebody keeps everything.
    while (written < 64 * 1024 * 1024) {
      written += piece.length;
      if (!response.write(piece)) {
        const drained = await Promise.race([once(response, 'drain').then(() => true), delay(500, false)]);
        if (!drained) break;
      }
    }
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });
});

/** Waits until a query of the server's waits for a lock of ours. */
async function untilWaitingForLock({ fixtures }: GatewayWorld): Promise<void> {
  for (;;) {
    const waiting = await fixtures.db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
  }
}
