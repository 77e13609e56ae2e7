import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

const HEAD_END = '\r\n\r\n';
const CONTINUE = /^HTTP\/1\.[01] 100[ \r]/;
/** The longest text that may still become the above. */
const CONTINUE_CHARS = 'HTTP/1.1 100 '.length;
const [FIRST_BYTE = 0] = Buffer.from('H');
/** Longer heads are left to the HTTP client, which refuses them. */
const MAX_HEAD_BYTES = 8 * 1024;
/** More before one answer, too: an upstream that sends nothing else would keep this process from everybody else's. */
const MOST_SKIPPED = 100;

/** Sockets on which a request was begun and no answer has, and how many `100`s may still come. */
const mayStillSkip = new WeakMap<object, number>();

subscribe('undici:client:sendHeaders', (message) => {
  if (typeof message === 'object' && message !== null && 'socket' in message && message.socket instanceof Object) {
    mayStillSkip.set(message.socket, MOST_SKIPPED);
  }
});

/**
 * Keeps `100 Continue` from undici, which takes it for a broken upstream. Nobody has asked for it, since `Expect` is not
 * passed on; but servers send it, and a client must be able to read one before any answer (RFC 9110 §15.2).
 */
export function skippingContinue(connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...result) => {
      if (result[1]) skipContinue(result[1]);
      callback(...result);
    });
}

/** @param socket which undici reads with `read`. */
function skipContinue(socket: Socket): void {
  const read = socket.read;
  /** The beginning of what may be a `100`, until its end has come. */
  let held: Buffer | null = null;
  socket.read = (size) => {
    for (;;) {
      const chunk: Buffer | null = read.call(socket, size);
      const most = mayStillSkip.get(socket);
      if (chunk === null || most === undefined) return chunk;
      const begun: Buffer = held ? Buffer.concat([held, chunk]) : chunk;
      held = null;
      const { rest, skipped } = withoutContinue(begun, most);
      if (rest === null) held = begun;
      else if (rest.length > 0) {
        mayStillSkip.delete(socket);
        return rest;
      } else mayStillSkip.set(socket, most - skipped);
    }
  };
}

/** What follows the `100`s, `most` of them, that `bytes` begin with; null: more must come to know that. */
function withoutContinue(bytes: Buffer, most: number): { rest: Buffer | null; skipped: number } {
  let rest = bytes;
  let skipped = 0;
  for (; rest[0] === FIRST_BYTE && skipped < most; skipped++) {
    const beginning = rest.toString('latin1', 0, CONTINUE_CHARS);
    if (!CONTINUE.test(beginning)) {
      return { rest: 'HTTP/1.1 100 '.startsWith(beginning) ? null : rest, skipped };
    }
    const end = rest.indexOf(HEAD_END, 0, 'latin1');
    if (end < 0) return { rest: rest.length < MAX_HEAD_BYTES ? null : rest, skipped };
    rest = rest.subarray(end + HEAD_END.length);
  }
  return { rest, skipped };
}
