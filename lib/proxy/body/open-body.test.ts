import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { KeptBytes } from './kept-bytes.ts';
import { openBody } from './open-body.ts';

const LIMITS = { MAX_BODY_BYTES: 10_000, MAX_JSON_BODY_BYTES: 1_000 };

/** A body that no header calls JSON, in these pieces. */
function open(...pieces: Buffer[]) {
  const facts = { present: true, length: null, json: false, boundary: null };
  const source = Readable.from(pieces, { objectMode: false });
  return openBody(facts, ['m'], new Map(), source, LIMITS, new KeptBytes(1_000).openShare());
}

const JSON_TEXT = '{"model":"other"}';
const littleEndian = (text: string) => Buffer.from(text, 'utf16le');
const bigEndian = (text: string) => littleEndian(text).swap16();

test.each([
  ['UTF-8', Buffer.from(JSON_TEXT), 'model_mismatch'],
  ['UTF-8 behind white space', Buffer.from(`\r\n\t ${JSON_TEXT}`), 'model_mismatch'],
  ['UTF-8 behind a byte order mark', Buffer.from(`\ufeff${JSON_TEXT}`), 'invalid_request'],
  ['UTF-16, little endian, with a mark', littleEndian(`\ufeff${JSON_TEXT}`), 'invalid_request'],
  ['UTF-16, big endian, with a mark', bigEndian(`\ufeff${JSON_TEXT}`), 'invalid_request'],
])('JSON in %s, which no header calls JSON, does not slip through, however it is cut', async (_how, body, code) => {
  expect(await open(body)).toMatchObject({ kind: 'own_answer', code });
  const bytes = Array.from(body, (byte) => Buffer.from([byte]));
  expect(await open(...bytes)).toMatchObject({ kind: 'own_answer', code });
});

test.each([
  ['sound', Buffer.from([0xff, 0xfb, 0x90, 0x00])],
  ['text', Buffer.from('model=other')],
  ['UTF-16 that is no object', littleEndian('\ufeffxyz')],
])('%s passes as a stream', async (_what, body) => {
  const opened = await open(body);
  if (opened.kind !== 'passing') throw new Error(`opened as ${opened.kind}`);
  expect(Buffer.concat(await opened.stream.toArray())).toEqual(body);
});
