import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type OwnAnswer, refuse } from '../errors.ts';
import { BodyRefusedError } from './body-limit.ts';
import { KeptBytes } from './kept-bytes.ts';
import type { OpenedBody } from './open-body.ts';
import { type Gate, sendBody } from './send-body.ts';

const PIECE = Buffer.alloc(50_000, 'x');
const refusal = refuse('authentication_unavailable');
const open: Gate = { refuseUnlessGood: () => null };

const whole = (): OpenedBody => ({
  kind: 'whole',
  chunks: [PIECE, PIECE, PIECE],
  named: null,
  values: new Map(),
});
const passing = (stream = Readable.from([PIECE, PIECE, PIECE], { objectMode: false })): OpenedBody => ({
  kind: 'passing',
  stream,
  unread: true,
});

const share = () => new KeptBytes(1_000_000).openShare();

function bytesOf(body: OpenedBody, isLast: boolean, gate: Gate): Readable {
  const { bytes } = sendBody(body, null, isLast, share(), gate);
  if (!(bytes instanceof Readable)) throw new Error('a stream was expected');
  return bytes;
}

/** What comes before the stream ends or fails. */
async function read(stream: Readable): Promise<{ size: number; error: unknown }> {
  let size = 0;
  try {
    for await (const piece of stream) size += piece.length;
    return { size, error: null };
  } catch (error) {
    return { size, error };
  }
}

const KINDS: [string, () => OpenedBody, boolean][] = [
  ['that is given away', whole, true],
  ['that is kept for another upstream', whole, false],
  ['that passes', passing, true],
];

test.each(KINDS)('a body %s goes piece by piece through an open gate', async (_how, body, isLast) => {
  expect(await read(bytesOf(body(), isLast, open))).toEqual({ size: 150_000, error: null });
  const asking = { refuseUnlessGood: async () => null };
  expect(await read(bytesOf(body(), isLast, asking))).toEqual({ size: 150_000, error: null });
});

test.each<[string, Gate['refuseUnlessGood']]>([
  ['at once', () => refusal],
  ['when asked', async () => refusal],
])('no piece passes after the gate has closed %s', async (_how, closed) => {
  for (const [, body, isLast] of KINDS) {
    let asked = 0;
    const gate = { refuseUnlessGood: () => (asked++ === 0 ? null : closed()) };
    const { size, error } = await read(bytesOf(body(), isLast, gate));
    expect(size).toBe(PIECE.length);
    expect(error).toBeInstanceOf(BodyRefusedError);
    expect((error as { answer: OwnAnswer }).answer).toBe(refusal);
  }
});

test('of a body none of which was sent, though its first piece was looked at, all can be sent anew', async () => {
  const body = whole();
  const first = bytesOf(body, true, open);
  // As undici does before it knows whether a request is sent.
  first.read(0);
  await nextTurn();
  first.destroy();
  await once(first, 'close');
  expect(await read(bytesOf(body, true, open))).toEqual({ size: 150_000, error: null });
});

test('what a passing body holds is let go when nobody ever asks for a piece', async () => {
  const stream = new PassThrough();
  bytesOf(passing(stream), true, open).destroy();
  await once(stream, 'close');
});

test('a passing body that breaks off before anybody asks for a piece does so for its reader', async () => {
  const stream = new PassThrough();
  const bytes = bytesOf(passing(stream), true, open);
  const broken = new Error('the client went');
  const failed = once(bytes, 'error');
  stream.destroy(broken);
  expect(await failed).toEqual([broken]);
});
