import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { withinOneSecond } from '#testing/within-one-second.ts';

const LIMITS = { MAX_JSON_BODY_BYTES: '300000', MAX_BODY_BYTES: '1000000' };

/** What `Content-Encoding` says, and how the body is made. */
const CODINGS: [name: string, encode: (body: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['X-GZip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['gzip, br', (body) => brotliCompressSync(gzipSync(body))],
  ['identity, gzip', gzipSync],
];

const FORM_TYPE = 'multipart/form-data; boundary=no-file-holds-this';
const field = (model: string) =>
  `--no-file-holds-this\r\nContent-Disposition: form-data; name="model"\r\n\r\n${model}\r\n`;
const formOf = (model: string, file: Buffer) =>
  Buffer.concat([
    Buffer.from('--no-file-holds-this\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'),
    file,
    Buffer.from(`\r\n${field(model)}--no-file-holds-this--\r\n`),
  ]);

/** A sound of so many bytes and a few more. It does not begin with `{`, or it would be read as JSON. */
const soundOf = (size: number) => Buffer.concat([Buffer.from([0xff, 0xfb]), randomBytes(size)]);

/** Content codings of requests (RFC 9110 §8.4) are undone here: the model must be seen, and few providers undo them. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, LIMITS);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  type Sent = { path?: string; type?: string; coding: string; more?: string[] };
  const post = (body: Buffer | Readable, { type = 'application/json', coding, more = [], ...call }: Sent) =>
    world.call({
      ...call,
      body,
      headers: [...world.bearer, 'content-type', type, 'content-encoding', coding, ...more],
    });

  /** What the upstream got, which must be plain, and described as such. */
  async function expectPlain(expected: Buffer, isSized: boolean): Promise<void> {
    const [received] = world.upstream.requests;
    expect((await received?.body)?.equals(expected)).toBe(true);
    expect(received?.header('content-encoding')).toEqual([]);
    expect(received?.header('content-length')).toEqual(isSized ? [String(expected.length)] : []);
    expect(received?.header('transfer-encoding')).toEqual(isSized ? [] : ['chunked']);
  }

  test.each(CODINGS)('JSON in %s arrives plain, sized and chunked, small and large', async (coding, encode) => {
    for (const text of ['người dùng', 'x'.repeat(200_000)]) {
      const body = Buffer.from(JSON.stringify({ model: 'deepseek-chat', text }));
      for (const sent of [encode(body), Readable.from([encode(body)], { objectMode: false })]) {
        world.upstream.reset();
        expect((await post(sent, { coding })).status).toBe(200);
        await expectPlain(body, true);
      }
    }
  });

  test.each(CODINGS)('what is in %s goes where its model says', async (coding, encode) => {
    const json = encode(Buffer.from('{"model":"deepseek/deepseek-chat"}'));
    expect((await post(json, { path: '/v1/chat/completions', coding })).status).toBe(200);
    await expectPlain(Buffer.from('{"model":"deepseek-chat"}'), true);
    world.upstream.reset();
    const file = soundOf(100_000);
    const form = encode(formOf('deepseek/deepseek-chat', file));
    expect((await post(form, { path: '/v1/audio/transcriptions', type: FORM_TYPE, coding })).status).toBe(200);
    await expectPlain(formOf('deepseek-chat', file), true);
  });

  test.each(CODINGS)('forms and files in %s are decoded as they pass', async (coding, encode) => {
    const small = formOf('deepseek-chat', randomBytes(10));
    expect((await post(encode(small), { type: FORM_TYPE, coding })).status).toBe(200);
    await expectPlain(small, true);
    for (const [type, body] of [
      [FORM_TYPE, formOf('deepseek-chat', randomBytes(500_000))],
      ['audio/mpeg', soundOf(500_000)],
    ] as const) {
      world.upstream.reset();
      expect(await post(encode(body), { type, coding })).toMatchObject({ status: 200 });
      await expectPlain(body, false);
    }
  });

  test('what was made of the encoded bytes is not said of the plain ones', async () => {
    const digests = ['content-digest', 'sha-256=:AAAA:', 'Content-MD5', 'AAAA', 'x-checked', 'yes'];
    const body = Buffer.from('{"model":"deepseek-chat"}');
    expect((await post(gzipSync(body), { coding: 'gzip', more: digests })).status).toBe(200);
    const [received] = world.upstream.requests;
    expect(received?.header('content-digest')).toEqual([]);
    expect(received?.header('content-md5')).toEqual([]);
    expect(received?.header('x-checked')).toEqual(['yes']);
    world.upstream.reset();
    expect((await post(body, { coding: 'identity', more: digests })).status).toBe(200);
    expect(world.upstream.requests[0]?.header('content-digest')).toEqual(['sha-256=:AAAA:']);
  });

  test.each(['', 'identity', 'Identity, identity'])('the Content-Encoding "%s" says nothing', async (coding) => {
    const body = Buffer.from('{"model":"deepseek-chat"}');
    expect((await post(body, { coding })).status).toBe(200);
    await expectPlain(body, true);
    world.upstream.reset();
    const sound = soundOf(100_000);
    expect((await post(sound, { coding, type: 'audio/mpeg' })).status).toBe(200);
    await expectPlain(sound, true);
  });

  test.each(['compress', 'utf-8', 'gzip, exi', 'aes128gcm', 'gzip;q=1', 'gzip, gzip, gzip, gzip'])(
    'the Content-Encoding "%s" gets 415 with those that are understood, and nothing goes upstream',
    async (coding) => {
      for (const type of ['application/json', 'audio/mpeg', FORM_TYPE]) {
        expect(await post(gzipSync('{}'), { coding, type })).toMatchObject({
          status: 415,
          headers: { 'x-latchkey-error': 'unsupported_encoding', 'accept-encoding': 'gzip, deflate, br, zstd' },
        });
      }
      expect(world.upstream.requests).toEqual([]);
    },
  );

  const OTHER = Buffer.from(JSON.stringify({ model: 'gpt-5', text: 'x'.repeat(100) }));
  test.each(CODINGS)('another model in %s is seen, whatever the body is called', async (coding, encode) => {
    for (const type of ['application/json', 'text/plain']) {
      const answer = await post(encode(OTHER), { coding, type });
      expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
    }
    const answer = await post(encode(formOf('gpt-5', randomBytes(10))), { coding, type: FORM_TYPE });
    expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
    expect(world.upstream.requests).toEqual([]);
  });

  test.each(CODINGS)('%s that is cut off or that the body is not in gets 400', async (coding, encode) => {
    const json = Buffer.from('{"model":"deepseek-chat"}');
    for (const path of ['/deepseek/deepseek-chat/chat/completions', '/v1/chat/completions']) {
      for (const body of [encode(json).subarray(0, -1), json]) {
        const answer = await post(body, { coding, path });
        expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
        expect(JSON.parse(answer.text).error.message).toContain('Content-Encoding');
      }
    }
    expect(world.upstream.requests).toEqual([]);
  });

  test('a file whose coding is cut off gets 400, and the upstream never sees its end', async () => {
    const arrived = world.upstream.nextRequest();
    const body = gzipSync(soundOf(500_000)).subarray(0, -10);
    const answer = await post(body, { coding: 'gzip', type: 'audio/mpeg' });
    expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
    await expect((await arrived).body).rejects.toThrow();
  });

  test.each(CODINGS)('what %s makes of a body has the limits of plain ones', async (coding, encode) => {
    const tooMuch = { status: 413, headers: { 'x-latchkey-error': 'request_too_large' } };
    const json = (size: number) => Buffer.from(`{"text":"${'x'.repeat(size - 11)}"}`);
    expect((await post(encode(json(300_000)), { coding })).status).toBe(200);
    expect(await post(encode(json(300_001)), { coding })).toMatchObject(tooMuch);
    expect(world.upstream.requests).toHaveLength(1);
    const form = encode(formOf('deepseek/deepseek-chat', Buffer.alloc(400_000)));
    expect(await post(form, { coding, path: '/v1/audio/transcriptions', type: FORM_TYPE })).toMatchObject(tooMuch);
    expect(await post(encode(Buffer.alloc(1_000_001)), { coding, type: 'audio/mpeg' })).toMatchObject(tooMuch);
    // A call that was begun is cut; how far it came depends on how fast the decoder was.
    for (const { aborted } of world.upstream.requests.slice(1)) await withinOneSecond(aborted);
  });
});
