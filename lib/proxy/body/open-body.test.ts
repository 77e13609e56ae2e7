import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import type { BodyFacts } from './body-facts.ts';
import { KeptBytes } from './kept-bytes.ts';
import { type ModelRule, openBody } from './open-body.ts';

const LIMITS = { MAX_BODY_BYTES: 10_000, MAX_JSON_BODY_BYTES: 1_000 };

const FACTS = { present: true, length: null, json: false, boundary: null, isOtherMultipart: false, codings: null };
const RULE = ['m'];

/** A body that no header calls JSON, in these pieces. */
const open = (...pieces: Buffer[]) => openAs(FACTS, RULE, ...pieces);

function openAs(facts: BodyFacts, rule: ModelRule, ...pieces: Buffer[]) {
  const source = Readable.from(pieces, { objectMode: false });
  return openBody(facts, rule, new Map(), source, LIMITS, new KeptBytes(1_000).openShare());
}

const JSON_TEXT = '{"model":"other"}';
const littleEndian = (text: string) => Buffer.from(text, 'utf16le');
const wide = (text: string) => Buffer.from(Uint32Array.from(text, (char) => char.codePointAt(0) ?? 0).buffer);
const bigEndian = (text: string) => littleEndian(text).swap16();

test.each([
  ['UTF-8', Buffer.from(JSON_TEXT), 'model_mismatch'],
  ['UTF-8 behind white space', Buffer.from(`\r\n\t ${JSON_TEXT}`), 'model_mismatch'],
  ['UTF-8 behind a byte order mark', Buffer.from(`\ufeff${JSON_TEXT}`), 'invalid_request'],
  ['UTF-16, little endian, with a mark', littleEndian(`\ufeff${JSON_TEXT}`), 'invalid_request'],
  ['UTF-16, big endian, with a mark', bigEndian(`\ufeff${JSON_TEXT}`), 'invalid_request'],
  ['UTF-16 behind white space', littleEndian(`\ufeff \r\n\t${JSON_TEXT}`), 'invalid_request'],
  ['UTF-16, big endian, behind white space', bigEndian(`\ufeff  ${JSON_TEXT}`), 'invalid_request'],
  ['UTF-32 with a mark', wide(`\ufeff${JSON_TEXT}`), 'invalid_request'],
  ['UTF-32, big endian, with a mark', wide(`\ufeff ${JSON_TEXT}`).swap32(), 'invalid_request'],
])('JSON in %s, which no header calls JSON, does not slip through, however it is cut', async (_how, body, code) => {
  expect(await open(body)).toMatchObject({ kind: 'own_answer', code });
  const bytes = Array.from(body, (byte) => Buffer.from([byte]));
  expect(await open(...bytes)).toMatchObject({ kind: 'own_answer', code });
});

test.each([
  ['JSON', Buffer.from('{"model":"m"}'), 'whole'],
  ['UTF-16', littleEndian('\ufeff{"model":"m"}'), 'own_answer'],
  ['text', Buffer.from('text'), 'passing'],
  ['nothing', Buffer.alloc(0), 'whole'],
])('white space before %s costs no more than its length, in however many pieces it comes', async (_what, end, kind) => {
  const blanks = Array.from({ length: 512 }, () => Buffer.alloc(1_024, ' '));
  const looked = vi.spyOn(Buffer.prototype, 'findIndex');
  const copied = vi.spyOn(Buffer, 'concat');
  const bytes = 600_000;
  const limits = { MAX_BODY_BYTES: bytes, MAX_JSON_BODY_BYTES: bytes };
  const source = Readable.from([...blanks, ...Array.from(end, (byte) => Buffer.from([byte]))], { objectMode: false });
  expect(await openBody(FACTS, RULE, new Map(), source, limits, new KeptBytes(bytes).openShare())).toMatchObject({
    kind,
  });
  const sizes = [...looked.mock.contexts, ...copied.mock.results.map(({ value }) => value as Buffer)];
  vi.restoreAllMocks();
  // Looked at once, and copied twice: into fewer pieces, and into one.
  expect(sizes.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(3 * bytes);
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

test('what was read at the beginning of a stream counts as kept until it has passed on', async () => {
  const kept = new KeptBytes(1_000_000);
  const pieces = [Buffer.alloc(400_000, ' '), Buffer.alloc(400_000, ' '), Buffer.from('text')];
  const limits = { MAX_BODY_BYTES: 1_000_000, MAX_JSON_BODY_BYTES: 1_000_000 };
  const source = Readable.from(pieces, { objectMode: false });
  const opened = await openBody(FACTS, RULE, new Map(), source, limits, kept.openShare());
  if (opened.kind !== 'passing') throw new Error(`opened as ${opened.kind}`);
  expect(kept.free).toBe(7_200_000);
  expect(Buffer.concat(await opened.stream.toArray())).toEqual(Buffer.concat(pieces));
  expect(kept.free).toBe(8_000_000);
});

test('where the body is a file, it is not looked at; elsewhere lines of JSON are no JSON', async () => {
  const file = Buffer.from('{"model":"other"}\n{"model":"other"}\n');
  expect(await openAs(FACTS, 'file', file)).toMatchObject({ kind: 'passing' });
  expect(await openAs(FACTS, RULE, file)).toMatchObject({ kind: 'own_answer', code: 'invalid_request' });
});

test.each([
  ['null', '{"model": null}', 'is null'],
  ['a number', '{"model":1}', 'must be a text'],
  ['a list', '{"model":[null]}', 'must be a text'],
  ['too long a text', `{"model":"${'x'.repeat(5_000)}"}`, 'longer'],
  ['behind a byte order mark', '\ufeff{"model":"m"}', 'byte order mark'],
  ['cut off', '{"model":"m"', 'not valid JSON'],
])('the refusal of a model that is %s says so, wherever it is to be named', async (_what, body, message) => {
  const facts = { ...FACTS, json: true };
  const limits = { MAX_BODY_BYTES: 10_000, MAX_JSON_BODY_BYTES: 10_000 };
  for (const rule of [RULE, null] as ModelRule[]) {
    const source = Readable.from([Buffer.from(body)], { objectMode: false });
    const refusal = await openBody(facts, rule, new Map(), source, limits, new KeptBytes(10_000).openShare());
    if (refusal.kind !== 'own_answer') throw new Error(`opened as ${refusal.kind}`);
    expect(refusal.status).toBe(400);
    expect(JSON.parse(refusal.body.toString()).error.message).toContain(message);
  }
});
