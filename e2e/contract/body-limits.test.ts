import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';
import { withinOneSecond } from '#testing/within-one-second.ts';

const LIMITS = { MAX_JSON_BODY_BYTES: '1000', MAX_BODY_BYTES: '100000' };

/** Acceptance group E, 5 and 6: which bodies are asked for, and how long they may be. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  let client: RawConnection;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, LIMITS);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.upstream.reset();
    client = await RawConnection.open(world.server.port);
    return () => client.socket.destroy();
  });

  test('with a bad token the body is not asked for', async () => {
    const expecting = ['Content-Type: application/json', 'Content-Length: 2', 'Expect: 100-continue'];
    client.write(world.rawHead([...expecting, 'Authorization: Bearer x'], { token: false }));
    const answer = await client.readResponse();
    if (transport === 'next' && answer.status === 100) return; // Next's server asks before our code runs.
    expect(answer.status).toBe(401);
    // Nobody knows whether the client still sends it, so the connection ends.
    await client.waitForClose();
  });

  test('with a good token the body is asked for, and then answered', async () => {
    client.write(world.rawHead(['Content-Type: application/json', 'Content-Length: 2', 'Expect: 100-continue']));
    expect((await client.readResponse()).status).toBe(100);
    client.write('{}');
    expect((await client.readResponse()).status).toBe(200);
    expect((await world.upstream.requests[0]?.body)?.toString()).toBe('{}');
  });

  test.each([
    ['JSON', 'application/json', 1001],
    ['other', 'audio/mpeg', 100_001],
  ])('a sized %s body over the limit gets 413 and nothing goes upstream', async (_name, type, size) => {
    client.write(world.rawHead([`Content-Type: ${type}`, `Content-Length: ${size}`]));
    client.write('x'.repeat(size));
    const answer = await client.readResponse();
    expect(answer).toMatchObject({ status: 413, headers: { 'x-latchkey-error': 'request_too_large' } });
    expect(world.upstream.requests).toHaveLength(0);
    client.write(world.rawHead(['Content-Length: 0']));
    expect((await client.readResponse()).status).toBe(200);
  });

  test('a chunked JSON body over the limit gets 413 and nothing goes upstream', async () => {
    client.write(world.rawHead(['Content-Type: application/json', 'Transfer-Encoding: chunked']));
    client.write(`3e9\r\n{${' '.repeat(1000)}\r\n`);
    expect((await client.readResponse()).status).toBe(413);
    expect(world.upstream.requests).toHaveLength(0);
  });

  test('a chunked upload over the limit gets 413, and the upstream call that was begun is ended', async () => {
    const arrived = world.upstream.nextRequest();
    client.write(world.rawHead(['Content-Type: audio/mpeg', 'Transfer-Encoding: chunked']));
    client.write(`c350\r\n${'x'.repeat(50_000)}\r\n`);
    const received = await arrived;
    client.write(`c350\r\n${'x'.repeat(50_000)}\r\n1\r\nx\r\n`);
    expect((await client.readResponse()).status).toBe(413);
    await withinOneSecond(received.aborted);
  });

  test('a body of exactly the limit is served', async () => {
    const body = `{"model":"deepseek-chat"${' '.repeat(1000 - 25)}}`;
    client.write(world.rawHead(['Content-Type: application/json', 'Content-Length: 1000']) + body);
    expect((await client.readResponse()).status).toBe(200);
    expect((await world.upstream.requests[0]?.body)?.length).toBe(1000);
  });

  test('a provider that answers before the upload is done is heard', async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(429, { 'content-length': '4' }).end('busy');
    });
    client.write(world.rawHead(['Content-Type: audio/mpeg', 'Content-Length: 100000']) + 'x'.repeat(100));
    expect(await client.readResponse()).toMatchObject({ status: 429, body: 'busy' });
    // Next closes the connection then.
    if (transport === 'next') return;
    client.write('x'.repeat(99_900) + world.rawHead(['Content-Length: 0']));
    expect(await client.readResponse()).toMatchObject({ status: 429, body: 'busy' });
  });
});
