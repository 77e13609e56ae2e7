import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childPids } from '#testing/child-processes.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';
import { riseWhile } from '#testing/resident-memory.ts';

const MEBIBYTE = 1024 * 1024;
const PIECE_BYTES = 16 * MEBIBYTE;
const PIECES = 64;
const JSON_LIMIT = 4 * MEBIBYTE;
const AT_ONCE = 8;

/** A GiB of JSON in less than two MiB: members (RFC 1952 §2.2) or frames (RFC 8878 §3.1) behind each other are one. */
function bombOf(encode: (body: Buffer) => Buffer): Buffer {
  const piece = encode(Buffer.alloc(PIECE_BYTES, 'x'));
  return Buffer.concat([encode(Buffer.from('{"text":"')), ...Array.from({ length: PIECES }, () => piece)]);
}

/** Proxy only: Next's server has memory of its own. */
describe.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('bodies in %s that become a GiB', (coding, encode) => {
  let world: GatewayWorld;
  let bomb: Buffer;
  let head: string;
  beforeAll(async () => {
    const limits = { MAX_JSON_BODY_BYTES: String(JSON_LIMIT), MAX_BODY_BYTES: String(2 * JSON_LIMIT) };
    world = await openGatewayWorld('proxy', { PROXY_WORKERS: '1', ...limits });
    bomb = bombOf(encode);
    head = world.rawHead([
      'Content-Type: application/json',
      `Content-Encoding: ${coding}`,
      `Content-Length: ${bomb.length}`,
    ]);
  });
  afterAll(() => world.close());

  test('get 413 before they have arrived', async () => {
    const client = await RawConnection.open(world.server.port);
    client.write(head + bomb.toString('latin1', 0, bomb.length / 2));
    expect(await client.readResponse()).toMatchObject({
      status: 413,
      headers: { 'x-latchkey-error': 'request_too_large' },
    });
    client.socket.destroy();
    expect(world.upstream.requests).toEqual([]);
  });

  test('take no more memory than bodies may, and leave none taken', async () => {
    const send = async (type: string) => {
      const headers = [...world.bearer, 'content-type', type, 'content-encoding', coding];
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => world.call({ body: bomb, headers })));
      for (const { status } of answers) expect([413, 503]).toContain(status);
    };
    // What the process needs once for the first of its kind.
    await send('application/json');
    const [worker = 0] = await childPids(world.server.process.pid ?? 0);
    const rise = await riseWhile(worker, async () => {
      for (let round = 0; round < 4; round++) {
        await send('application/json');
        await send('audio/mpeg');
      }
    });
    // Eight bodies of the largest size may be kept, and V8 lets up to 64 MiB of buffers lie.
    expect(rise).toBeLessThan(8 * JSON_LIMIT + 64 * MEBIBYTE);
    const headers = [...world.bearer, 'content-type', 'application/json'];
    const body = `{"text":"${'x'.repeat(JSON_LIMIT - 100)}"}`;
    for (let i = 0; i < 8; i++) expect((await world.call({ body, headers })).status).toBe(200);
  });
});
