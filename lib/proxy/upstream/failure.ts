import { BodyRefusedError, BodyTooLargeError } from '../body/body-limit.ts';
import { type ErrorCode, type OwnAnswer, refuse } from '../errors.ts';

/** The SDKs of OpenAI and Anthropic heed it; they would make three paid calls of one otherwise. */
const NOT_AGAIN = ['x-should-retry', 'false'];

/**
 * What a failed upstream call is to the client before it has got any of the answer. The cause goes to the log only: it
 * can name addresses that the client has no business with.
 *
 * @param unreachable what it is called when this upstream cannot be reached or understood.
 * @param wasSent whether the upstream may have worked on the request, and be paid for it.
 */
export function refusalFor(error: Error, unreachable: ErrorCode, wasSent: boolean): OwnAnswer {
  const hints = wasSent ? NOT_AGAIN : [];
  if (error instanceof BodyRefusedError) return error.answer;
  if (error instanceof BodyTooLargeError) return refuse('request_too_large');
  switch (codeOf(error)) {
    // It answered too late; it may have worked on the request, so 504 and not 502.
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return refuse('upstream_timeout', undefined, hints);
    default:
      return refuse(unreachable, undefined, hints);
  }
}

/** The `code` of an error of undici or Node, for the switch above and for the log. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
