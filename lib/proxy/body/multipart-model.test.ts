import { expect, test } from 'vitest';
import { boundaryOf, FormModelScanner } from './multipart-model.ts';

const form = (...parts: [head: string, value: string][]) =>
  Buffer.from(
    `${parts.map(([head, value]) => `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`).join('')}--B--\r\n`,
  );
const FILE: [string, string] = [
  'name="file"; filename="a \\"model\\".mp3"\r\nContent-Type: audio/mpeg',
  '\r\n\r\n-- B\r\nname="model"\r\r\n--\r\n-',
];

/** Scans a form that arrives in chunks of this size. */
function readInChunks(body: Buffer, chunkBytes: number) {
  const scanner = new FormModelScanner('B');
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    chunks.push(chunk);
    if (!scanner.push(chunk)) break;
  }
  return scanner.finish(chunks);
}

/** The same however it is cut. */
function read(body: Buffer) {
  const whole = readInChunks(body, 1e9);
  for (let size = 1; size < 30; size++) {
    expect([size, readInChunks(body, size)]).toMatchObject([size, JSON.parse(JSON.stringify(whole))]);
  }
  return whole;
}

test.each([
  ['multipart/form-data; boundary=B', { kind: 'boundary', boundary: 'B' }],
  ['Multipart/Form-Data; charset=utf-8; boundary="a b"', { kind: 'boundary', boundary: 'a b' }],
  ['multipart/form-data', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=A; boundary=B', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=A; Boundary=B', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary="a\\"b"', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=a b', { kind: 'ambiguous' }],
  [`multipart/form-data; boundary=${'x'.repeat(71)}`, { kind: 'ambiguous' }],
  ['multipart/form-data-x; boundary=B', null],
  ['application/json; boundary=B', null],
  [undefined, null],
])('the boundary of %s is %j', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toEqual(boundary);
});

test('the field is found before and after a file, and replaced where it stands', () => {
  for (const body of [
    form(['name="model"', 'openai/whisper-1'], FILE),
    form(FILE, ['name="model"', 'openai/whisper-1']),
    form(FILE, ['name=model', 'openai/whisper-1'], FILE),
  ]) {
    const found = read(body);
    expect(found).toMatchObject({ kind: 'named', model: 'openai/whisper-1' });
    for (const size of [1, 7, 1e9]) {
      const inChunks = readInChunks(body, size);
      const replaced = Buffer.concat(inChunks.kind === 'named' ? inChunks.replace('whisper-1') : [body]);
      expect(replaced.toString()).toBe(body.toString().replace('openai/whisper-1', 'whisper-1'));
    }
  }
});

test.each([
  ['no field', form(FILE), 'absent'],
  ['no parts', Buffer.from('--B--'), 'absent'],
  ['a field of another name', form(['name="models"', 'x'], ['name="xmodel"', 'x']), 'absent'],
  ['two fields', form(['name="model"', 'a'], ['name="model"', 'b']), 'ambiguous'],
  ['a field in other case', form(['name="Model"', 'a']), 'ambiguous'],
  ['a padded name', form(['name=" model"', 'a']), 'ambiguous'],
  ['a list of models', form(['name="model[]"', 'a']), 'ambiguous'],
  ['an encoded name', form(["name*=utf-8''model", 'a']), 'ambiguous'],
  ['an escaped name', form(['name="mod\\el"', 'a']), 'ambiguous'],
  ['two names', form(['name="x"; name="model"', 'a']), 'ambiguous'],
  ['an encoded value', form(['name="model"\r\nContent-Transfer-Encoding: base64', 'YQ==']), 'ambiguous'],
  ['two dispositions', form(['name="x"\r\nContent-Disposition: form-data; name="model"', 'a']), 'ambiguous'],
  ['a folded head', form(['\r\n name="model"', 'a']), 'ambiguous'],
  ['a bare line feed in a head', form(['name="x"\nX: y', 'a']), 'ambiguous'],
  ['a part without a head', Buffer.from('--B\r\n\r\na\r\n--B--'), 'ambiguous'],
  ['text before the first part', Buffer.from(`x\r\n${form(['name="model"', 'a'])}`), 'ambiguous'],
  ['a boundary behind a bare line feed', form(['name="x"', 'a\n--B\r\nContent-Disposition: x']), 'ambiguous'],
  ['a boundary with white space behind it', form(['name="x"', 'a\r\n--B \r\nX: y']), 'ambiguous'],
  ['a boundary with a bare line feed behind it', form(['name="x"', 'a\r\n--B\nX: y']), 'ambiguous'],
  ['a longer boundary', form(['name="x"', 'a\r\n--Bx\r\n']), 'ambiguous'],
  ['a form without an end', form(['name="model"', 'a']).subarray(0, -6), 'ambiguous'],
  ['no form at all', Buffer.from('{"model":"a"}'), 'ambiguous'],
  ['nothing', Buffer.alloc(0), 'ambiguous'],
])('%s is told', (_what, body, kind) => {
  expect(read(body).kind).toBe(kind);
});

test('a name that is longer than any is none', () => {
  expect(read(form(['name="model"', 'x'.repeat(5_000)]))).toMatchObject({ kind: 'named', model: null });
});
