import { expect, test } from 'vitest';
import { FormModelScanner } from './multipart-model.ts';

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
  const scanner = new FormModelScanner('B', new Map());
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    chunks.push(chunk);
    if (!scanner.push(chunk)) break;
    // Whoever has enough of a form asks, and the rest may still come.
    scanner.finish(chunks);
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
  ['nothing but parts', form(FILE), 'absent'],
  ['no parts', Buffer.from('--B--'), 'absent'],
  ['a field of another name', form(['name="models"', 'x'], ['name="xmodel"', 'x']), 'absent'],
  ['an end of line before the first part', Buffer.from(`\r\n${form(['name="model"', 'a'])}`), 'named'],
  ['text before the first part', Buffer.from(`a note -- of\r\nsorts\r\n\r\n${form(['name="model"', 'a'])}`), 'named'],
  ['text behind the last part', Buffer.from(`${form(['name="model"', 'a'])}{"model":"x"}\r\n--C--`), 'named'],
])('%s is told', (_what, body, kind) => {
  expect(read(body).kind).toBe(kind);
});

test.each([
  ['two fields', form(['name="model"', 'a'], FILE, ['name="model"', 'b']), 'Part 3 of the form ("model")'],
  ['a field in other case', form(['name="Model"', 'a']), 'Part 1 of the form ("Model")'],
  ['a folded head', form(['\r\n name="model"', 'a']), 'Part 1 of the form is'],
  ['a part without a head', Buffer.from('--B\r\n\r\na\r\n--B--'), 'Part 1 of the form'],
  ['a head that is too long', form(FILE, [`name="x"\r\nX: ${'x'.repeat(17_000)}`, 'a']), 'Part 2 of the form'],
  ['JSON before the first part', Buffer.from(`{"model":"x"}\r\n${form(['name="model"', 'a'])}`), '`{`'],
  ['a boundary in the text before the first part', Buffer.from(`x --B\r\n${form(FILE)}`), 'beginning of a line'],
  ['a first boundary behind a bare line feed', Buffer.from(`\n${form(FILE)}`), 'beginning of a line'],
  ['a first boundary with more behind it', Buffer.from(`--B x\r\n${form(FILE)}`), 'first boundary'],
  [
    'a boundary behind a bare line feed',
    form(['name="x"', 'a\n--B\r\nContent-Disposition: x']),
    'Part 1 of the form ("x")',
  ],
  ['a boundary with white space behind it', form(['name="x"', 'a\r\n--B \r\nX: y']), 'Part 1 of the form ("x")'],
  ['a boundary with a bare line feed behind it', form(['name="x"', 'a\r\n--B\nX: y']), 'Part 1 of the form ("x")'],
  ['a longer boundary', form(['name="x"', 'a\r\n--Bx\r\n']), 'Part 1 of the form ("x")'],
  [
    'a boundary right behind a head',
    form(['name="x"', '--B\r\nContent-Disposition: form-data; name="model"\r\n\r\na']),
    'Part 1 of the form ("x")',
  ],
  [
    'another part behind the end',
    Buffer.concat([form(FILE), form(['name="model"', 'a'])]),
    'Behind the end of the form',
  ],
  ['a form without an end', form(FILE, ['name="model"', 'a']).subarray(0, -6), 'Part 2 of the form ("model")'],
  ['a head without an end', Buffer.from('--B\r\nContent-Disposition: x'), 'cut off'],
  ['no form at all', Buffer.from('model=a'), 'no parts'],
  ['JSON instead of a form', Buffer.from('{"model":"a"}'), '`{`'],
  ['nothing', Buffer.alloc(0), 'no parts'],
])('%s is refused, and the reason says where', (_what, body, reason) => {
  expect(read(body)).toMatchObject({ kind: 'ambiguous', reason: expect.stringContaining(reason) });
});

test('what a refusal shows of a name is no token, and in the letters that it was written in', () => {
  const read = readInChunks(form([`name="người lk_${'a'.repeat(49)}"\r\nX y`, 'a']), 1e9);
  expect(read).toMatchObject({ reason: expect.not.stringContaining('aaaaaaaa') });
  expect(readInChunks(form(['name="người"; name="x"', 'a']), 1e9)).toMatchObject({
    reason: expect.stringContaining('("người")'),
  });
});

test('a name that is longer than any is none', () => {
  expect(read(form(['name="model"', 'x'.repeat(5_000)]))).toMatchObject({
    kind: 'nameless',
    reason: expect.stringContaining('longer'),
  });
});
