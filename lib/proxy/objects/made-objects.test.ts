import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Making } from '#lib/providers/endpoints/types.ts';
import { KeptBytes } from '../body/kept-bytes.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { MadeObjects } from './made-objects.ts';
import { type ObjectName, readId } from './object-ids.ts';

const RESPONSES: Making = { call: 'POST responses', collection: 'responses', at: 'id', streamedAt: 'response.id' };

type Answer = {
  type?: string;
  coding?: string;
  status?: number;
  whole?: boolean;
  makings?: Making[];
  kept?: KeptBytes;
  beforeEnd?: () => void;
};

/** What is learnt of an answer that comes in these chunks, and after which of them. */
function learn(chunks: readonly (string | Buffer)[], answer: Answer = {}): [chunk: number, ObjectName][] {
  const learnt: [number, ObjectName][] = [];
  const {
    type = 'application/json',
    coding,
    status = 200,
    whole = true,
    makings = [RESPONSES],
    kept = new KeptBytes(1_000_000),
  } = answer;
  let at = 0;
  const watcher = new MadeObjects(makings, kept.openShare(), (objects) => {
    learnt.push(...objects.map((object) => [at, object] as [number, ObjectName]));
  });
  const headers = new HeaderLines(['content-type', type, ...(coding ? ['content-encoding', coding] : [])]);
  if (!watcher.begin(status, headers)) return learnt;
  for (const chunk of chunks) {
    watcher.look(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    at += 1;
  }
  answer.beforeEnd?.();
  watcher.end(whole);
  return learnt;
}

const resp1 = { collection: 'responses', id: 'resp_1' };

test('the id of a whole answer is known when it ends, however it was cut', () => {
  expect(learn(['{"metadata":{"id":"not', ' me"},"i', 'd":"resp_1"}'])).toEqual([[3, resp1]]);
});

/** Each byte of `text` as a chunk of its own, and what `wipe` leaves of those that are still there. */
function inBytes(text: string): { chunks: Buffer[]; wipe: () => void } {
  const bytes = Buffer.from(text);
  return { chunks: Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)), wipe: () => bytes.fill(0) };
}

test('an answer in tiny chunks is put together, as each of them takes a hundred times its size', () => {
  const { chunks, wipe } = inBytes('{"id":"resp_1"}'.padEnd(512));
  expect(learn(chunks, { beforeEnd: wipe })).toEqual([[512, resp1]]);
});

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('an answer in %s is understood', (coding, encode) => {
  expect(learn([encode('{"id":"resp_1"}')], { coding })).toEqual([[1, resp1]]);
});

test('the id of a stream is known with its first event', () => {
  const created = 'event: response.created\r\ndata: {"type":"response.created","response":{"id":"resp_1"}}\r\n\r\n';
  const chunks = [': hello\n\n', created.slice(0, 50), created.slice(50), 'data: {"response":{"id":"resp_2"}}\n\n'];
  expect(learn(chunks, { type: 'text/event-stream; charset=utf-8' })).toEqual([[2, resp1]]);
});

const EVENT_STREAM = 'text/event-stream';

test('the id of a stream is known however its lines end and wherever they are cut', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const stream = Buffer.from(
      `\ufeff: hello${end}${end}data:{"response":${end}data: {"id":"resp_1"}}${end}${end}data: x`,
    );
    for (let size = 1; size <= stream.length; size++) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size) chunks.push(stream.subarray(at, at + size));
      expect(learn(chunks, { type: EVENT_STREAM }).map(([, object]) => object)).toEqual([resp1]);
    }
  }
});

// The time that a test may take ends one in which each byte lets all before it be looked at again.
test('a long event that comes byte by byte is looked at once', () => {
  const { chunks } = inBytes('x'.repeat(400_000));
  const begin = `data: {"text":"${'x'.repeat(600_000)}`;
  const all = [begin, ...chunks, '","response":{"id":"resp_1"}}\n\n'];
  expect(learn(all, { type: EVENT_STREAM })).toEqual([[all.length - 1, resp1]]);
});

test.each(['x', ':\n', '\n', 'data:\n', 'data: xy\n'])('a stream that goes on with %j is given up for good', (text) => {
  const kept = new KeptBytes(1_000_000);
  const { free } = kept;
  const chunk = text.repeat(60_000 / text.length);
  const chunks = Array.from({ length: 20 }, () => chunk);
  expect(learn([...chunks, '\n\n', 'data: {"response":{"id":"r"}}\n\n'], { type: EVENT_STREAM, kept })).toEqual([]);
  expect(kept.free).toBe(free);
});

test('empty lines of data count with bodies, as they take memory', () => {
  const kept = new KeptBytes(1_000_000);
  const { free } = kept;
  const taken = () => expect(free - kept.free).toBe(60_000);
  learn(['data:\n'.repeat(10_000)], { type: EVENT_STREAM, kept, beforeEnd: taken });
  expect.assertions(1);
});

test.each<[string, string[], Answer]>([
  ['an error', ['{"id":"resp_1"}'], { status: 400 }],
  ['an answer that broke off', ['{"id":"resp_1"}'], { whole: false }],
  ['an unknown coding', ['{"id":"resp_1"}'], { coding: 'aws-chunked' }],
  ['what is no JSON', ['id=resp_1'], {}],
  ['an id that is no text', ['{"id":1}'], {}],
  ['an empty id', ['{"id":""}'], {}],
  ['an id of another length than ids have', [`{"id":"${'x'.repeat(513)}"}`], {}],
  ['an id elsewhere', ['{"output":[{"id":"resp_1"}]}'], {}],
  ['a late event', ['data: {}\n\n'.repeat(20), 'data: {"response":{"id":"r"}}\n\n'], { type: EVENT_STREAM }],
])('nothing is learnt of %s', (_name, chunks, answer) => {
  expect(learn(chunks, answer)).toEqual([]);
});

test('an answer may tell of several objects, in lists and by names with their collection', () => {
  const makings: Making[] = [
    { call: 'GET batches/{id}', collection: 'files', at: 'output_file_id' },
    { call: 'GET batches/{id}', collection: 'files', at: 'videos.*.uri' },
  ];
  const videos = [{ uri: 'https://g.example/v1beta/files/abc:download?alt=media' }, { uri: 'files/def' }, {}];
  const answer = JSON.stringify({ output_file_id: 'file-1', videos });
  expect(learn([answer], { makings }).map(([, { id }]) => id)).toEqual(['file-1', 'abc', 'def']);
});

test.each([
  ['files', 'files/abc', 'abc'],
  ['models/{model}/operations', 'models/veo/operations/op-1', 'op-1'],
  ['chat/completions', 'chatcmpl-1', 'chatcmpl-1'],
  ['responses', 'other/resp_1', null],
  ['files', 'https://g.example:8443/v1beta/files/abc', 'abc'],
  ['files', 'files/', null],
  ['files', '/file-1', null],
  ['files', './file-1', null],
  ['files', 'x/file-1', null],
  ['files', 'files/a/../b', null],
  ['files', 'files/a/files/b', null],
  ['files', 'https://g.example/files/a/../b', null],
  ['files', 'https://g.example/x/y/files/b', null],
  ['files', 'a?x=files/b', null],
  ['files', 'a#files/b', null],
  ['files', 'a%2Fb', null],
  ['files', 'a\0b', null],
  ['files', 'a b', null],
  ['files', 'ä', null],
  ['models/{model}/operations', 'models/../operations/op-1', null],
  ['models/{model}/operations', 'operations/op-1', null],
])('of %s, %s is %s', (collection, value, id) => {
  expect(readId(collection, value)).toBe(id);
});

test('what is kept of answers counts with bodies, and is given back', () => {
  const kept = new KeptBytes(100);
  const free = kept.free;
  const answer = JSON.stringify({ id: 'resp_1', text: 'x'.repeat(1_000) });
  expect(learn([answer], { kept })).toEqual([]);
  expect(learn([answer.replace('x'.repeat(1_000), 'x')], { kept })).toEqual([
    [1, expect.objectContaining({ id: 'resp_1' })],
  ]);
  expect(kept.free).toBe(free);
});
