import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { JsonModelScanner } from './json-model.ts';
import { KeptBytes } from './kept-bytes.ts';
import { readHead } from './read-body.ts';

const read = (chunks: Buffer[], kept = new KeptBytes(1_000)) =>
  readHead(Readable.from(chunks, { objectMode: false }), new JsonModelScanner(), () => true, {
    saidBytes: null,
    maxBytes: 100_000,
    share: kept.openShare(),
  });

test('a body of many tiny chunks is kept in few pieces', async () => {
  const body = Buffer.from(`{"model":"m","text":"${'x'.repeat(20_000)}"}`);
  const head = await read(
    Array.from(body, (byte) => Buffer.from([byte])),
    new KeptBytes(100_000),
  );
  expect(head).toMatchObject({ kind: 'scanned', size: body.length, found: { kind: 'named', model: 'm' } });
  if (head.kind !== 'scanned') return;
  expect(Buffer.concat(head.chunks)).toEqual(body);
  expect(head.chunks.length).toBeLessThan(400);
});

test('a body that does not fit beside what others keep gets 503, and Retry-After', async () => {
  const kept = new KeptBytes(1_000);
  kept.openShare().take(7_990);
  const head = await read([Buffer.from('{"a":'), Buffer.from('"12345"}')], kept);
  expect(head).toMatchObject({ kind: 'own_answer', status: 503, code: 'overloaded' });
  expect('headers' in head && head.headers.join()).toContain('retry-after,1');
});

test('a body is read no further than to its first fault', async () => {
  const source = new Readable({ read() {} });
  source.push('{"model":m');
  const head = await readHead(source, new JsonModelScanner(), () => true, {
    saidBytes: null,
    maxBytes: 100,
    share: new KeptBytes(100).openShare(),
  });
  expect(head).toMatchObject({ kind: 'scanned', found: { kind: 'ambiguous' } });
});

test('what is not to be scanned is read no further than to see that, and keeps nothing', async () => {
  const source = new Readable({ read() {} });
  source.push(Buffer.alloc(5_000, 'x'));
  const kept = new KeptBytes(100);
  const limits = { saidBytes: null, maxBytes: 100, share: kept.openShare() };
  expect(await readHead(source, new JsonModelScanner(), () => false, limits)).toMatchObject({ kind: 'other' });
  expect(kept.free).toBe(800);
});
