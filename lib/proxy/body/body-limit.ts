import { type Readable, Transform } from 'node:stream';
import type { OwnAnswer } from '../errors.ts';
import { ClientGoneError } from './client-gone.ts';
import type { FormCheck } from './form-check.ts';

/** A streamed body is refused for what it says. */
export class BodyRefusedError extends Error {
  override name = 'BodyRefusedError';
  readonly answer: OwnAnswer;

  constructor(answer: OwnAnswer) {
    super('the body is refused');
    this.answer = answer;
  }
}

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
 * @param options.form checks what follows `first`, and fails with `BodyRefusedError`.
 * @param options.passed called when `first` is kept here no more.
 */
export function limitedBody(
  source: Readable,
  first: readonly Buffer[],
  limitBytes: number,
  { form = null, passed }: { form?: FormCheck | null; passed?: () => void } = {},
): Readable {
  let size = 0;
  /** The last piece of a form: without it, what was refused at its end is not whole upstream either. */
  let last: Buffer | null = null;
  const checkedSize = first.reduce((sum, chunk) => sum + chunk.length, 0);
  const body = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      size += chunk.length;
      const refusal = form && size > checkedSize ? form.check(chunk) : null;
      if (refusal) callback(new BodyRefusedError(refusal));
      else if (size > limitBytes) callback(new BodyTooLargeError());
      else if (!form) callback(null, chunk);
      else {
        const before = last;
        last = chunk;
        callback(null, before);
      }
    },
    flush(callback) {
      const refusal = form?.end();
      callback(refusal ? new BodyRefusedError(refusal) : null, last);
    },
  });
  for (const [index, chunk] of first.entries()) {
    // A piece counts as written when its reader has taken all but what a stream keeps ready.
    body.write(chunk, index === first.length - 1 ? passed : undefined);
  }
  // A pipe does not pass on that its source broke off: the upstream would wait for the rest.
  source.once('error', (cause) => {
    const isTold = cause instanceof BodyRefusedError || cause instanceof BodyTooLargeError;
    body.destroy(isTold ? cause : new ClientGoneError(undefined, { cause }));
  });
  source.pipe(body);
  // Its client may go while it waits for somebody to read it, who hears of it then.
  return body.on('error', () => {});
}
