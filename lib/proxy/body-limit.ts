import { type Readable, Transform } from 'node:stream';
import { ClientGoneError } from './client-gone.ts';

/** A streamed body passed its limit. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
}

/**
 * Passes `source` on and fails with `BodyTooLargeError` once more than `limitBytes` have come. It also stands between
 * the HTTP client and `source`: the client destroys a body that it no longer needs, and with it would go the
 * connection on which the answer is still to be sent.
 *
 * @param first what was read from `source` before.
 */
export function limitedBody(source: Readable, first: readonly Buffer[], limitBytes: number): Readable {
  let size = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      size += chunk.length;
      if (size > limitBytes) callback(new BodyTooLargeError());
      else callback(null, chunk);
    },
  });
  for (const chunk of first) body.write(chunk);
  // A pipe does not pass on that its source broke off: the upstream would wait for the rest.
  source.once('error', (cause) => body.destroy(new ClientGoneError(undefined, { cause })));
  source.pipe(body);
  return body;
}
