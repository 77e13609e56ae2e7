import { expect, test } from 'vitest';
import { boundaryOf, readModelField } from './multipart-model.ts';

const form = (...parts: [head: string, value: string][]) =>
  Buffer.from(
    `${parts.map(([head, value]) => `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`).join('')}--B--\r\n`,
  );
const FILE: [string, string] = [
  'name="file"; filename="a.mp3"\r\nContent-Type: audio/mpeg',
  '\r\n\r\n--Bx\r\nname="model"',
];

test.each([
  ['multipart/form-data; boundary=B', 'B'],
  ['Multipart/Form-Data; charset=utf-8; boundary="a b"', 'a b'],
  ['multipart/form-data', null],
  ['application/json; boundary=B', null],
  [undefined, null],
])('the boundary of %s is %s', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});

test('the field is found before and after a file, and replaced where it stands', () => {
  for (const body of [
    form(['name="model"', 'openai/whisper-1'], FILE),
    form(FILE, ['name="model"', 'openai/whisper-1']),
  ]) {
    const found = readModelField(body, 'B');
    expect(found).toMatchObject({ kind: 'named', model: 'openai/whisper-1' });
    const replaced = Buffer.concat(found.kind === 'named' ? found.replace('whisper-1') : [body]);
    expect(replaced.toString()).toBe(body.toString().replace('openai/whisper-1', 'whisper-1'));
  }
});

test.each([
  ['no field', form(FILE), 'absent'],
  ['a field of another name', form(['name="models"', 'x'], ['name="xmodel"', 'x']), 'absent'],
  ['two fields', form(['name="model"', 'a'], ['name="model"', 'b']), 'ambiguous'],
  ['an encoded name', form(["name*=utf-8''model", 'a']), 'ambiguous'],
  ['a form without an end', form(['name="model"', 'a']).subarray(0, -6), 'ambiguous'],
  ['no form at all', Buffer.from('{"model":"a"}'), 'ambiguous'],
])('%s is told', (_what, body, kind) => {
  expect(readModelField(body, 'B').kind).toBe(kind);
});
