import { logger } from '#lib/logger.ts';
import type { OwnAnswer } from '../errors.ts';
import { type Eventually, whenThere } from '../eventually.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import type { CallRecord } from '../observe/call-record.ts';
import { TooManyLookupsError } from './batched-lookups.ts';
import type { AccessStore, TokenlessGateway } from './store.ts';

/** Longer than what any SDK asks for. */
const MOST_ASKED_CHARACTERS = 4_096;

/** `#field-name` (RFC 9110 §5.6.1, §5.1) as browsers send it, so that nothing else comes back in an answer of ours. */
const FIELD_NAMES = /^[!#$%&'*+.^_`|~0-9a-z-]+(?:,[ \t]*[!#$%&'*+.^_`|~0-9a-z-]+)*$/i;

const ALLOWED_METHODS = 'DELETE, GET, HEAD, PATCH, POST, PUT';

/** The most that Chromium keeps to. An origin that is taken off the list reads no answer all the same. */
const PREFLIGHT_MAX_AGE_SECONDS = 7_200;

/**
 * What pages may read of an answer besides what the fetch standard lets them ("CORS-safelisted response-header name"):
 * what says how a call went, and what SDKs go by. Named, as `*` would also show what providers say of the account.
 */
const EXPOSED_HEADERS = [
  'x-latchkey-request-id',
  'x-latchkey-error',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'x-ratelimit-limit-requests',
  'x-ratelimit-limit-tokens',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset-requests',
  'x-ratelimit-reset-tokens',
  'x-request-id',
  'request-id',
  'openai-processing-ms',
  'x-goog-upload-status',
  'x-goog-upload-url',
].join(', ');

/** The value of `Access-Control-Allow-Origin` for a request; null: its page may read nothing. */
export type AllowedOrigin = string | null;

/**
 * Whether a request comes from a page that the gateway's list has, by the fetch standard. What cannot be known is
 * allowed to nobody, and keeps no call from being served.
 */
export function findAllowedOrigin(store: AccessStore, slug: string, headers: HeaderLines): Eventually<AllowedOrigin> {
  const origin = headers.first('origin');
  if (origin === undefined) return null;
  const fail = (error: unknown) => {
    // A flood must not fill the log as well.
    if (!(error instanceof TooManyLookupsError)) logger.error({ err: error, gateway: slug }, 'origins cannot be read');
    return null;
  };
  try {
    const found = whenThere<TokenlessGateway | null, AllowedOrigin>(store.findTokenless(slug), (gateway) =>
      judge(gateway?.corsOrigins, origin),
    );
    return found instanceof Promise ? found.catch(fail) : found;
  } catch (error) {
    return fail(error);
  }
}

/** Browsers write an origin in one way only, and the list is kept in that. */
function judge(origins: ReadonlySet<string> | undefined, origin: string): AllowedOrigin {
  if (!origins) return null;
  if (origins.has('*')) return '*';
  return origins.has(origin) ? origin : null;
}

/**
 * What a browser asks before it lets a page send a request ("CORS-preflight fetch"), answered without a token, because
 * it never carries one. The answer is complete with `corsLines`. Null: it is something else, or the page may not.
 */
export function answerPreflight(
  method: string,
  headers: HeaderLines,
  allowed: AllowedOrigin,
  record: CallRecord,
): OwnAnswer | null {
  if (allowed === null || method !== 'OPTIONS') return null;
  if (headers.first('access-control-request-method') === undefined) return null;
  record.gatewayExists = true;
  const lines = [
    'access-control-allow-methods',
    ALLOWED_METHODS,
    'access-control-max-age',
    String(PREFLIGHT_MAX_AGE_SECONDS),
    'vary',
    'Access-Control-Request-Method, Access-Control-Request-Headers',
  ];
  const asked = headers.first('access-control-request-headers') ?? '';
  // By their names, because `*` would not stand for `Authorization`.
  if (asked.length <= MOST_ASKED_CHARACTERS && FIELD_NAMES.test(asked)) {
    lines.push('access-control-allow-headers', asked);
  }
  return { kind: 'own_answer', code: null, status: 204, headers: lines, body: Buffer.alloc(0) };
}

/**
 * What every answer to a page of the list carries, a provider's or our own, as names and values in turn. Never
 * `Access-Control-Allow-Credentials`: tokens are sent by pages, not by browsers.
 */
export function corsLines(allowed: AllowedOrigin): readonly string[] {
  if (allowed === null) return [];
  // Of `Vary` there may be a line of the provider's too: both count (RFC 9110 §12.5.5).
  const vary = ['vary', 'Origin'];
  return ['access-control-allow-origin', allowed, 'access-control-expose-headers', EXPOSED_HEADERS, ...vary];
}
