import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { ProxySettings } from '../settings.ts';
import { KeptBytes } from './kept-bytes.ts';
import { openRequest } from './open-body.ts';

const settings: ProxySettings = {
  GATEWAY_DOMAIN: 'gw.example',
  CONSOLE_ORIGIN: undefined,
  CONSOLE_UPSTREAM: undefined,
  MAX_BODY_BYTES: 10_000,
  MAX_JSON_BODY_BYTES: 1_000,
  UPSTREAM_ALLOWLIST: [],
  UPSTREAM_CONNECT_TIMEOUT_MS: 1_000,
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: 1_000,
  UPSTREAM_IDLE_TIMEOUT_MS: 1_000,
  viaName: 'latchkey-x',
};

/** A body that no header calls JSON, in these pieces. */
function open(...pieces: Buffer[]) {
  const plan = {
    kind: 'forward',
    method: 'POST',
    body: { present: true, length: null, json: false, boundary: null },
    unreachable: 'upstream_unreachable',
    access: null,
  } as const;
  const route = { by: 'address', destination: { origin: 'http://up', path: '/', headers: [] }, models: ['m'] } as const;
  const source = Readable.from(pieces, { objectMode: false });
  return openRequest(
    { ...plan, route: { ...route, destination: { ...route.destination, headers: [] } } },
    source,
    settings,
    new KeptBytes(1_000).openShare(),
  );
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
  expect('body' in opened && opened.body).toBeInstanceOf(Readable);
  if (!('body' in opened) || !(opened.body instanceof Readable)) return;
  expect(Buffer.concat(await opened.body.toArray())).toEqual(body);
});
