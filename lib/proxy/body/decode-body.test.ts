import { Readable } from 'node:stream';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BodyRefusedError, BodyTooLargeError } from './body-limit.ts';
import { ClientGoneError } from './client-gone.ts';
import type { Coding } from './content-codings.ts';
import { decodeBody } from './decode-body.ts';
import { KeptBytes } from './kept-bytes.ts';

const TEXT = Buffer.from('{"model":"m","text":"người dùng"}'.repeat(3_000));
const LIMIT = 1_000_000;

const ENCODED: [name: string, codings: Coding[], encode: (text: Buffer) => Buffer][] = [
  ['gzip', ['gzip'], gzipSync],
  [
    'gzip in two members',
    ['gzip'],
    (text) => Buffer.concat([text.subarray(0, 9), text.subarray(9)].map((part) => gzipSync(part))),
  ],
  ['br', ['br'], brotliCompressSync],
  ['zstd', ['zstd'], zstdCompressSync],
  ['deflate with the head of zlib', ['deflate'], deflateSync],
  ['deflate without it', ['deflate'], deflateRawSync],
  ['gzip in br in deflate', ['gzip', 'br', 'deflate'], (text) => deflateRawSync(brotliCompressSync(gzipSync(text)))],
];

function decode(pieces: Buffer[], codings: Coding[], kept = new KeptBytes(LIMIT)) {
  return decodeBody(Readable.from(pieces, { objectMode: false }), codings, LIMIT, kept.openShare());
}

const inBytes = (body: Buffer) => Array.from(body, (byte) => Buffer.from([byte]));
const rejection = (stream: Readable): Promise<unknown> =>
  stream.toArray().then(
    () => null,
    (error) => error,
  );

test.each(ENCODED)('%s is undone, however it is cut, and gives back what it took', async (_name, codings, encode) => {
  const kept = new KeptBytes(LIMIT);
  for (const pieces of [[encode(TEXT)], inBytes(encode(TEXT))]) {
    const decoded = decode(pieces, codings, kept);
    expect(Buffer.concat(await decoded.toArray())).toEqual(TEXT);
    expect(kept.free).toBe(8 * LIMIT);
  }
});

test.each(ENCODED)('%s that is cut off, corrupt, plain or nothing is refused', async (_name, codings, encode) => {
  const encoded = encode(TEXT);
  for (const body of [encoded.subarray(0, -1), encoded.subarray(0, encoded.length / 2), TEXT, Buffer.alloc(0)]) {
    for (const pieces of [[body], inBytes(body)]) {
      const error = await rejection(decode(pieces, codings));
      expect(error).toBeInstanceOf(BodyRefusedError);
      expect(error).toMatchObject({ answer: { status: 400, code: 'invalid_request' } });
    }
  }
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
] as const)('what stands behind the end of %s is refused', async (coding, encode) => {
  expect(await rejection(decode([encode(TEXT), Buffer.from('xyz')], [coding]))).toBeInstanceOf(BodyRefusedError);
});

test('a zstd body whose decoder would have to keep more than 8 MiB is refused', async () => {
  const body = (windowLog: number) =>
    zstdCompressSync(TEXT, {
      params: { [constants.ZSTD_c_windowLog]: windowLog, [constants.ZSTD_c_contentSizeFlag]: 0 },
    });
  const large = Buffer.from(body(23));
  // The window's exponent stands in the five high bits of the byte behind magic and descriptor (RFC 8878 §3.1.1.1.2).
  large[5] = (24 - 10) << 3;
  expect(await rejection(decode([large], ['zstd']))).toBeInstanceOf(BodyRefusedError);
});

test('more than its limit is not taken in, whatever comes of it', async () => {
  const empty = gzipSync('');
  const pieces = Array.from({ length: Math.ceil(LIMIT / empty.length) + 1 }, () => empty);
  expect(await rejection(decode(pieces, ['gzip']))).toBeInstanceOf(BodyTooLargeError);
});

test('a client that goes is told from one that sends what is not valid', async () => {
  const source = new Readable({ read() {} });
  const decoded = decodeBody(source, ['gzip'], LIMIT, new KeptBytes(LIMIT).openShare());
  source.push(gzipSync(TEXT).subarray(0, 50));
  source.destroy(new Error('aborted'));
  expect(await rejection(decoded)).toBeInstanceOf(ClientGoneError);
});

test('what a decoder keeps is counted, and where there is no room the client is told to come back', async () => {
  const kept = new KeptBytes(LIMIT);
  const decoded = decode([gzipSync(Buffer.alloc(200_000))], ['gzip'], kept);
  await new Promise((resolve) => decoded.once('data', resolve));
  decoded.pause();
  expect(8 * LIMIT - kept.free).toBeGreaterThan(0);
  expect(8 * LIMIT - kept.free).toBeLessThanOrEqual(2 ** 15);
  decoded.destroy();
  await new Promise((resolve) => decoded.once('close', resolve));
  expect(kept.free).toBe(8 * LIMIT);
  kept.openShare().take(8 * LIMIT - 100);
  expect(await rejection(decode([gzipSync(TEXT)], ['gzip'], kept))).toMatchObject({ answer: { code: 'overloaded' } });
});

test('a reader that waits makes the client wait', async () => {
  let given = 0;
  const piece = gzipSync(Buffer.alloc(1_000_000));
  function* pieces() {
    for (; given < 500; given++) yield piece;
  }
  const source = Readable.from(pieces(), { objectMode: false });
  const decoded = decodeBody(source, ['gzip'], LIMIT, new KeptBytes(LIMIT).openShare());
  await new Promise((resolve) => decoded.once('readable', resolve));
  // A second body passes meanwhile: the first had all the time it wanted.
  await decode([gzipSync(TEXT)], ['gzip']).toArray();
  expect(given).toBeLessThan(200);
  expect(source.destroyed).toBe(false);
  decoded.destroy();
});

test('the source outlives a decoder that fails, and can be read to its end', async () => {
  const source = new Readable({ read() {} });
  source.push(TEXT);
  const decoded = decodeBody(source, ['br'], LIMIT, new KeptBytes(LIMIT).openShare());
  expect(await rejection(decoded)).toBeInstanceOf(BodyRefusedError);
  source.push(TEXT);
  source.push(null);
  source.resume();
  await new Promise((resolve) => source.once('end', resolve));
});

test('what is between two codings is limited, so that some bytes cannot be work for minutes', async () => {
  const members = gzipSync(Buffer.alloc(0));
  const between = Buffer.concat(Array.from({ length: Math.ceil(LIMIT / members.length) + 1 }, () => members));
  const body = brotliCompressSync(between);
  expect(body.length).toBeLessThan(1_000);
  expect(await rejection(decode([body], ['gzip', 'br']))).toBeInstanceOf(BodyTooLargeError);
});
