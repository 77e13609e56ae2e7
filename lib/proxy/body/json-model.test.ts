import { expect, test } from 'vitest';
import { JsonModelScanner } from './json-model.ts';

/** Scans a body that arrives in chunks of this size. */
function readInChunks(body: string | Buffer, chunkBytes: number) {
  const bytes = Buffer.from(body);
  const scanner = new JsonModelScanner();
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes);
    chunks.push(chunk);
    if (!scanner.push(chunk)) break;
  }
  return scanner.finish(chunks);
}

/** The same in one piece, byte by byte, and in pieces that begin and end anywhere. */
function read(body: string | Buffer) {
  const whole = readInChunks(body, 1e9);
  for (const size of [1, 2, 3, 7]) expect(JSON.stringify(readInChunks(body, size))).toBe(JSON.stringify(whole));
  return whole;
}

test.each([
  '{"model":"m"}',
  ' \n{ "a" : [ {"model":"x"}, "}" ] , "model" : "m" , "b" : {"model":"y"} }',
  '{"content":"say \\"model\\": \\\\","model":"m"}',
  '{"mod\\u0065l":"m"}',
  '{"content":"model","x":"\\"","model":"m"}',
])('%s names the model m', (body) => {
  expect(read(body)).toMatchObject({ kind: 'named', model: 'm' });
});

test('a name in any letters is read whole, wherever its bytes are cut', () => {
  expect(read('{"model":"mô-hình-模型-🔑"}')).toMatchObject({ kind: 'named', model: 'mô-hình-模型-🔑' });
});

test.each([
  '{}',
  '[]',
  '[{"model":"x"}]',
  '"model"',
  'null',
  '{"a":{"model":"x"}}',
  '{"a":"model","models":"x"}',
  `{"model${'s'.repeat(40)}":"x"}`,
])('%s names no model', (body) => {
  expect(read(body)).toEqual({ kind: 'absent' });
});

test.each([
  ['a name twice', '{"model":"m","model":"x"}'],
  ['a name twice, once escaped', '{"model":"m","\\u006dodel":"x"}'],
  ['a name twice, in other case', '{"model":"m","Model":"x"}'],
  ['another case only', '{"MODEL":"x"}'],
  ['a name twice, far apart', `{"model":"m","a":"${'\\\\'.repeat(1000)}","b":[[{}]],"model":"x"}`],
  ['no JSON', 'model=m'],
  ['JSON with more after it', '{"model":"m"}{"model":"x"}'],
  ['an open object', '{"model":"m"'],
  ['a comment', '{"model":"m"/*"model":"x"*/}'],
  ['a byte order mark', '\ufeff{"model":"m"}'],
  ['UTF-16', Buffer.from('{"model":"m"}', 'utf16le')],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
])('%s is ambiguous', (_name, body) => {
  expect(read(body)).toMatchObject({ kind: 'ambiguous' });
});

test.each(['{"model":["m"]}', '{"model":{"model":"m"}}', '{"model":1}', '{"model":null}'])(
  '%s names a model that is no text',
  (body) => {
    expect(read(body)).toMatchObject({ kind: 'nameless' });
  },
);

test('what is nested a thousand deep is read, and deeper is ambiguous', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)},"model":"m"}`;
  expect(read(nested(1_000))).toMatchObject({ kind: 'named', model: 'm' });
  expect(read(nested(1_001))).toMatchObject({ kind: 'ambiguous' });
});

/** What JSON.parse takes, and what it does not (RFC 8259). */
const NUMBERS = '0 -0 - +1 01 1. .5 1.5 1e5 1E+5 1e-05 1e 1e+ --1 0x1 1.5e5.5 12'.split(' ');
const WORDS = 'true tru truee false null nul None NaN Infinity -Infinity undefined True'.split(' ');
const STRINGS = [
  ...[String.raw`"\\"`, String.raw`"\"`, String.raw`"\x"`, String.raw`"\u12"`, String.raw`"\u12g4"`],
  ...[String.raw`"\u12aF"`, String.raw`"\ud800"`, String.raw`"\/"`, String.raw`"\'"`, String.raw`"\t"`, '"', '"a"'],
  ...['"a\tb"', '"a\nb"', '"a\0b"', '"\x7f"', '"người dùng 😀"', '"\u2028"', "'a'", '""'],
];
const ARRAYS = [
  '[]',
  '[1]',
  '[1,]',
  '[,1]',
  '[1 2]',
  '[1,2]',
  '[',
  ']',
  '[}',
  '[[]]',
  '[1,[2,{"a":[]}]]',
  '[true false]',
];
const OBJECTS = [
  ...['{}', '{"a":1}', '{"a":1,}', '{,}', '{"a"}', '{"a":}', '{a:1}', '{"a":1 "b":2}', '{1:2}', '{"a":1]', '{"a"1}'],
  ...['{"a":1,"a":2}', '{"a":{"b":{}}}', '{"a"', '{"a":1', '{'],
];
const OTHERS = [
  '',
  ' ',
  ' 1 ',
  '1 1',
  '\ufeff1',
  '1\u00a0',
  '\v1',
  '\f1',
  '1//',
  '/**/1',
  '[1]]',
  '{}}',
  '"a""b"',
  ':',
  ',',
];

test.each([...NUMBERS, ...WORDS, ...STRINGS, ...ARRAYS, ...OBJECTS, ...OTHERS])(
  '%j is valid exactly when JSON.parse takes it',
  (text) => {
    for (const json of [text, `[${text}]`, `{"a":${text}}`, `{"a":[${text},{"b":${text}}]}`, `  ${text}\t\r\n`]) {
      expect([json, read(json).kind !== 'ambiguous']).toEqual([json, parses(json)]);
    }
  },
);

test('bytes are UTF-8 exactly when a decoder takes them', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decodes = (bytes: number[]) => {
    try {
      return decoder.decode(Buffer.from(bytes)).length > 0;
    } catch {
      return false;
    }
  };
  const edges = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  for (let lead = 0x80; lead < 0x100; lead++) {
    for (const second of edges) {
      for (const rest of [[], [0x80], [0xbf, 0x80], [0x80, 0x7f], [0x41], [0x80, 0x80, 0x80]]) {
        const bytes = [lead, second, ...rest];
        const body = Buffer.from([0x5b, 0x22, ...bytes, 0x22, 0x5d]);
        expect([bytes, readInChunks(body, 1e9).kind]).toEqual([bytes, decodes(bytes) ? 'absent' : 'ambiguous']);
      }
    }
  }
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{"model":"a/b"}', '{"model":"b"}'],
  [' {"x":{"model":"a/b"}, "model"\t:\n"a\\/b" ,"y":"a/b"}', ' {"x":{"model":"a/b"}, "model"\t:\n"b" ,"y":"a/b"}'],
  ['{"mod\\u0065l":"\\"a/b\\\\"}', '{"mod\\u0065l":"b"}'],
])('in %s only the value is replaced', (body, expected) => {
  const found = read(body);
  expect(found.kind === 'named' && Buffer.concat(found.replace('b')).toString()).toBe(expected);
});
