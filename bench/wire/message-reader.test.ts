import { expect, test } from 'vitest';
import { MessageReader } from './message-reader.ts';

const CHUNKED =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nt: 1\r\n\r\n';
const SIZED = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody';
const EMPTY = 'HTTP/1.1 204 No Content\r\n\r\n';

function readInPieces(text: string, pieceBytes: number): string[] {
  const messages: string[] = [];
  let current = '';
  const reader = new MessageReader({
    onHead: (head) => {
      current = `${head.split('\r\n')[0]} | `;
    },
    onBody: (bytes, start, end) => {
      current += bytes.toString('latin1', start, end);
    },
    onEnd: () => messages.push(current),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.read(bytes.subarray(at, at + pieceBytes));
  return messages;
}

test.each([1, 2, 3, 7, 64, 10_000])('messages are told apart in pieces of %i bytes', (pieceBytes) => {
  expect(readInPieces(CHUNKED + SIZED + EMPTY + CHUNKED, pieceBytes)).toEqual([
    'HTTP/1.1 200 OK | hello world',
    'POST / HTTP/1.1 | body',
    'HTTP/1.1 204 No Content | ',
    'HTTP/1.1 200 OK | hello world',
  ]);
});

test('a chunk without a size is an error', () => {
  expect(() => readInPieces(CHUNKED.replace('\r\n5\r\n', '\r\nhello\r\n'), 10_000)).toThrow('no size');
});
