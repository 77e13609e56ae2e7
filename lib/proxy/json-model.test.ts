import { expect, test } from 'vitest';
import { readModel } from './json-model.ts';

const read = (body: string | Buffer) => readModel(Buffer.from(body));

test.each([
  '{"model":"m"}',
  ' \n{ "a" : [ {"model":"x"}, "}" ] , "model" : "m" , "b" : {"model":"y"} }',
  '{"content":"say \\"model\\": \\\\","model":"m"}',
  '{"mod\\u0065l":"m"}',
  '{"content":"model","x":"\\"","model":"m"}',
])('%s names the model m', (body) => {
  expect(read(body)).toMatchObject({ kind: 'named', model: 'm' });
});

test.each(['{}', '[]', '[{"model":"x"}]', '"model"', 'null', '{"a":{"model":"x"}}', '{"a":"model","models":"x"}'])(
  '%s names no model',
  (body) => {
    expect(read(body)).toEqual({ kind: 'absent' });
  },
);

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

test('a model that is no text is kept as it is, to differ from every name', () => {
  expect(read('{"model":["m"]}')).toMatchObject({ kind: 'named', model: ['m'] });
});

test('a million brackets are read without a deep stack', () => {
  expect(read(`{"a":${'['.repeat(1e6)}${']'.repeat(1e6)},"model":"m"}`)).toMatchObject({ kind: 'named', model: 'm' });
});

test.each([
  ['{"model":"a/b"}', '{"model":"b"}'],
  [' {"x":{"model":"a/b"}, "model"\t:\n"a\\/b" ,"y":"a/b"}', ' {"x":{"model":"a/b"}, "model"\t:\n"b" ,"y":"a/b"}'],
  ['{"mod\\u0065l":"\\"a/b\\\\"}', '{"mod\\u0065l":"b"}'],
])('in %s only the value is replaced', (body, expected) => {
  const found = read(body);
  expect(found.kind === 'named' && found.replace('b').toString()).toBe(expected);
});
