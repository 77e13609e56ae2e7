import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { RawConnection, type RawResponse } from '#testing/raw-http.ts';

/** Acceptance group F, proxy only: Next's server reads what is malformed before our code does. */
let world: GatewayWorld;
let client: RawConnection;
beforeAll(async () => {
  world = await openGatewayWorld('proxy');
});
afterAll(() => world.close());
beforeEach(async () => {
  world.upstream.reset();
  client = await RawConnection.open(world.server.port);
  return () => client.socket.destroy();
});

/** The head of a good request, without the empty line at its end. */
const head = (lines: string[] = []) => world.rawHead(lines).slice(0, -2);

test.each<[string, () => string]>([
  ['Content-Length with Transfer-Encoding', () => head(['Content-Length: 5', 'Transfer-Encoding: chunked'])],
  ['Transfer-Encoding with Content-Length', () => head(['Transfer-Encoding: chunked', 'Content-Length: 5'])],
  ['two lengths', () => head(['Content-Length: 5', 'Content-Length: 6'])],
  ['one length twice', () => head(['Content-Length: 5', 'Content-Length: 5'])],
  ['a signed length', () => head(['Content-Length: +5'])],
  ['a negative length', () => head(['Content-Length: -5'])],
  ['a list of lengths', () => head(['Content-Length: 5, 5'])],
  ['a hexadecimal length', () => head(['Content-Length: 0x5'])],
  ['an empty length', () => head(['Content-Length:'])],
  ['a length beyond 64 bits', () => head(['Content-Length: 99999999999999999999'])],
  ['a space before the colon', () => head(['Transfer-Encoding : chunked'])],
  ['another transfer coding', () => head(['Transfer-Encoding: gzip, chunked'])],
  ['a coding after chunked', () => head(['Transfer-Encoding: chunked, identity'])],
  ['chunked twice', () => head(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'])],
  ['a vertical tab before the coding', () => head(['Transfer-Encoding: \x0bchunked'])],
  ['a folded line', () => head(['X-Folded: a', ' b'])],
  ['a bare LF', () => head(['X-A: a\nX-B: b'])],
  ['a bare CR', () => head(['X-A: a\rX-B: b'])],
  ['NUL in a value', () => head(['X-A: a\0b'])],
  ['a line without colon', () => head(['nonsense'])],
  ['an empty name', () => head([': a'])],
  ['HTTP/2.0', () => world.rawHead([], { version: '2.0' }).slice(0, -2)],
  [
    'a transfer coding in HTTP/1.0',
    () => world.rawHead(['Transfer-Encoding: chunked'], { version: '1.0' }).slice(0, -2),
  ],
  ['no Host', () => world.rawHead([], { hosts: [] }).slice(0, -2)],
  ['no Host in HTTP/1.0', () => world.rawHead([], { hosts: [], version: '1.0' }).slice(0, -2)],
  ['a space in the target', () => head().replace('/chat ', '/ch at ')],
  ['a lower-case method', () => head().replace('POST', 'post')],
  ['another protocol', () => 'EHLO mail\r\n'],
  ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00'],
])('%s gets 400, nothing goes upstream, and the connection ends', async (_name, message) => {
  client.write(`${message()}\r\n`);
  expectError(await client.readResponse(), 400, 'invalid_request');
  expect(world.upstream.requests).toHaveLength(0);
});

test('headers beyond the limit get 431', async () => {
  client.write(world.rawHead([`X-Long: ${'x'.repeat(20_000)}`]));
  expectError(await client.readResponse(), 431, 'headers_too_large');
  await client.waitForClose();
  expect(world.upstream.requests).toHaveLength(0);
});

test.each([
  [200, 400, 'invalid_request'],
  // Node itself would drop what is beyond two thousand.
  [2_100, 431, 'headers_too_large'],
])('%i header lines hide none of those that count', async (count, status, code) => {
  const filler = Array.from({ length: count }, () => 'a:b');
  client.write(world.rawHead(['Content-Length: 0', ...filler, 'x-api-key: a', 'x-api-key: b']));
  expectError(await client.readResponse(), status, code);
});

test.each([
  ['no number', 'xyz\r\n'],
  ['a negative size', '-1\r\n'],
  ['a size beyond 64 bits', 'fffffffffffffffff\r\n'],
  ['more bytes than it says', '2\r\nabc\r\n'],
  ['a bare LF after it', '2\nab\r\n'],
])('a chunk with %s gets 400, and the upstream call that was begun is ended', async (_name, chunk) => {
  const arrived = world.upstream.nextRequest();
  client.write(world.rawHead(['Content-Type: audio/mpeg', 'Transfer-Encoding: chunked']));
  client.write('5\r\nfirst\r\n');
  const received = await arrived;
  client.write(chunk);
  expectError(await client.readResponse(), 400, 'invalid_request');
  await client.waitForClose();
  await received.aborted;
  await expect(received.body).rejects.toThrow();
});

test('a chunk that is malformed while the answer streams breaks the answer off', async () => {
  world.upstream.answerWith((response) => {
    response.writeHead(200).write('begun');
  });
  client.write(world.rawHead(['Content-Type: audio/mpeg', 'Transfer-Encoding: chunked']));
  client.write('5\r\nfirst\r\n');
  await client.readUntil(/begun\r\n/);
  client.write('nonsense\r\n');
  await client.waitForClose();
  expect(client.pending).toBe('');
  await world.upstream.requests[0]?.aborted;
});

test('of two pipelined requests, the first is answered with 200 and the second, with a bad token, with 401', async () => {
  const bad = world.rawHead(['Content-Length: 0', 'Authorization: Bearer x'], { token: false });
  client.write(world.rawHead(['Content-Length: 0']) + bad);
  expect((await client.readResponse()).status).toBe(200);
  expectError(await client.readResponse(), 401, 'invalid_authentication_token');
  expect(world.upstream.requests).toHaveLength(1);
});

test('17 requests at once are answered in order, and so are the next on their connection', async () => {
  const bad = world.rawHead(['Content-Length: 0', 'Authorization: Bearer x'], { token: false });
  for (let turn = 0; turn < 3; turn++) {
    client.write(bad.repeat(17));
    for (let i = 0; i < 17; i++) expectError(await client.readResponse(), 401, 'invalid_authentication_token');
  }
});

test('a flood of requests that do not wait for their answers ends the connection, and what it opened upstream', async () => {
  world.upstream.answerWith(() => {});
  const arrived = world.upstream.nextRequest();
  client.write(world.rawHead(['Content-Length: 0']));
  const first = await arrived;
  client.write(world.rawHead(['Content-Length: 0']).repeat(500));
  // By a reset: what it sent was not all read.
  await expect.poll(() => client.closed).toBe(true);
  expect(client.pending).toBe('');
  await first.aborted;
  for (const { aborted } of world.upstream.requests) await aborted;
  expect(world.upstream.requests.length).toBeLessThanOrEqual(17);
});

test('a client that leaves ends what it opened upstream, also what waits behind another answer', async () => {
  world.upstream.answerWith(() => {});
  client.write(world.rawHead(['Content-Length: 0']).repeat(2));
  await expect.poll(() => world.upstream.requests.length).toBe(2);
  client.socket.destroy();
  for (const { aborted } of world.upstream.requests) await aborted;
});

test('a malformed request behind a good one spoils only itself', async () => {
  client.write(`${world.rawHead(['Content-Length: 0'])}nonsense\r\n\r\n`);
  expect((await client.readResponse()).status).toBe(200);
  expectError(await client.readResponse(), 400, 'invalid_request');
  await client.waitForClose();
});

test('a request hidden in the body of another is not answered', async () => {
  const hidden = world.rawHead(['Content-Length: 0']);
  const lines = ['Content-Type: text/plain', `Content-Length: ${hidden.length}`, 'Connection: close'];
  client.write(world.rawHead(lines) + hidden);
  expect((await client.readResponse()).status).toBe(200);
  await client.waitForClose();
  expect(client.pending).toBe('');
  expect(world.upstream.requests).toHaveLength(1);
});

test('headers that come a byte at a time get 408 within the limit, while a long answer goes on', async () => {
  const other = await RawConnection.open(world.server.port);
  world.upstream.answerWith((response) => {
    response.writeHead(200).write('begun');
    arrived = response;
  });
  let arrived: { end(text: string): void } | undefined;
  other.write(world.rawHead(['Content-Length: 0']));
  await other.readUntil(/begun\r\n/);

  const message = world.rawHead(['Content-Length: 0']);
  let sent = 0;
  const drip = setInterval(() => client.write(message[sent++] ?? ''), 1_000);
  const startedAt = performance.now();
  expectError(await client.readResponse(), 408, 'request_timeout');
  clearInterval(drip);
  expect(performance.now() - startedAt).toBeLessThan(15_000);

  arrived?.end('ended');
  expect(await other.readUntil(/0\r\n\r\n/)).toContain('ended');
  other.socket.destroy();
});

function expectError(answer: RawResponse, status: number, code: string): void {
  expect({ status: answer.status, code: answer.headers['x-latchkey-error'] }).toEqual({ status, code });
  expect(JSON.parse(answer.body).error).toMatchObject({ code, param: null });
  expect(answer.headers['cache-control']).toBe('no-store');
}
