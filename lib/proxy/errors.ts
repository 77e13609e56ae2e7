/** The gateway's own errors, see `docs/http-contract.md`. `type` is what OpenAI's clients sort errors by. */
const ERRORS = {
  invalid_request: { status: 400, type: 'invalid_request_error', message: 'The request is malformed.' },
  model_mismatch: {
    status: 400,
    type: 'invalid_request_error',
    message: "The model in the request differs from the path's.",
  },
  missing_authentication_token: {
    status: 401,
    type: 'authentication_error',
    message: 'Invalid authentication token.',
  },
  invalid_authentication_token: {
    status: 401,
    type: 'authentication_error',
    message: 'Invalid authentication token.',
  },
  endpoint_not_allowed: {
    status: 403,
    type: 'invalid_request_error',
    message: 'This endpoint is not open to client applications.',
  },
  origin_not_allowed: {
    status: 403,
    type: 'invalid_request_error',
    message:
      'Without a token this gateway answers no web page of another site. An admin can list the origins that may.',
  },
  not_found: { status: 404, type: 'invalid_request_error', message: 'There is nothing at this address.' },
  gateway_not_found: { status: 404, type: 'invalid_request_error', message: 'The gateway was not found.' },
  model_not_found: { status: 404, type: 'invalid_request_error', message: 'The model was not found.' },
  method_not_allowed: { status: 405, type: 'invalid_request_error', message: 'This method is not allowed.' },
  request_timeout: { status: 408, type: 'invalid_request_error', message: 'The request took too long to arrive.' },
  request_too_large: { status: 413, type: 'invalid_request_error', message: 'The request body is too large.' },
  upgrade_not_supported: {
    status: 426,
    type: 'invalid_request_error',
    message: 'WebSocket is not supported here. Call the same address over plain HTTP.',
  },
  unsupported_encoding: {
    status: 415,
    type: 'invalid_request_error',
    message: 'The Content-Encoding of the request is not supported.',
  },
  headers_too_large: { status: 431, type: 'invalid_request_error', message: 'The request headers are too large.' },
  internal_error: { status: 500, type: 'server_error', message: 'The gateway failed.' },
  upstream_unreachable: { status: 502, type: 'upstream_error', message: 'The provider could not be reached.' },
  authentication_unavailable: {
    status: 503,
    type: 'server_error',
    message: 'Authentication tokens cannot be verified at the moment.',
  },
  overloaded: { status: 503, type: 'server_error', message: 'The gateway is busy. Try again in a moment.' },
  console_unavailable: { status: 503, type: 'server_error', message: 'The console is not available at the moment.' },
  upstream_timeout: { status: 504, type: 'upstream_error', message: 'The provider did not answer in time.' },
  loop_detected: { status: 508, type: 'upstream_error', message: 'The provider is this gateway itself.' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An answer of the gateway's own instead of the provider's: mostly a refusal. */
export type OwnAnswer = {
  kind: 'own_answer';
  /** Null: it is no error. */
  code: ErrorCode | null;
  status: number;
  /** Names and values in turn, complete: nothing needs to be added but `Date` and the connection's own. */
  headers: string[];
  body: Buffer;
};

/** Clients that are to come back after an outage of a part of ours, or when others have been served. */
const RETRY_SOON: ReadonlySet<ErrorCode> = new Set(['authentication_unavailable', 'console_unavailable', 'overloaded']);

/**
 * Makes the answer for `code`.
 *
 * @param message overrides the table's; it must hold nothing secret.
 * @param headers further headers, names and values in turn.
 */
export function refuse(code: ErrorCode, message?: string, headers: readonly string[] = []): OwnAnswer {
  const { status } = ERRORS[code];
  const body = message === undefined ? usualBody(code) : makeBody(code, message);
  return {
    kind: 'own_answer',
    code,
    status,
    headers: [
      'content-type',
      'application/json',
      'content-length',
      String(body.length),
      // An error of this moment must not be served from a cache in the next.
      'cache-control',
      'no-store',
      'x-latchkey-error',
      code,
      // RFC 9110 §10.2.3.
      ...(RETRY_SOON.has(code) ? ['retry-after', '1'] : []),
      ...headers,
    ],
    body,
  };
}

function makeBody(code: ErrorCode, message: string): Buffer {
  return Buffer.from(JSON.stringify({ error: { message, type: ERRORS[code].type, code, param: null } }));
}

const usualBodies = new Map<ErrorCode, Buffer>();

/** Made once: refusing is to be cheap. */
function usualBody(code: ErrorCode): Buffer {
  const known = usualBodies.get(code);
  if (known) return known;
  const body = makeBody(code, ERRORS[code].message);
  usualBodies.set(code, body);
  return body;
}

/**
 * The 401 of a gateway, with the challenge of RFC 6750 §3: `error` only when a token was sent. Why a token was refused
 * shows in neither header nor body.
 *
 * @param slug of `[a-z0-9_-]` only, so that it needs no quoting.
 */
export function refuseToken(slug: string, code: 'missing_authentication_token' | 'invalid_authentication_token') {
  const realm = `Bearer realm="${slug}"`;
  const challenge = code === 'missing_authentication_token' ? realm : `${realm}, error="invalid_token"`;
  return refuse(code, undefined, ['www-authenticate', challenge]);
}

/** RFC 9110 §15.5.22: `Upgrade` says what is spoken instead, and is an option of this connection (§7.8). */
export function refuseUpgrade(): OwnAnswer {
  return refuse('upgrade_not_supported', undefined, ['upgrade', 'HTTP/1.1', 'connection', 'upgrade']);
}

/** A good answer of the gateway's own. It is of this moment, and of this token. */
export function answerJson(value: object): OwnAnswer {
  const body = Buffer.from(JSON.stringify(value));
  const headers = [
    'content-type',
    'application/json',
    'content-length',
    String(body.length),
    'cache-control',
    'no-store',
  ];
  return { kind: 'own_answer', code: null, status: 200, headers, body };
}

const MAX_NAME_CHARS = 128;

/** What looks like a token or provider key, however its first letters are percent-encoded. */
const SECRET = /(?:k|%(?:25)*[46]b)(?:_|%(?:25)*5f)[0-9a-z%]{8,}/gi;

/** A name that a client sent, as a message may show it: cut at 128 characters, and never a token. */
export function showName(name: string): string {
  return name.replace(SECRET, 'k_…').slice(0, MAX_NAME_CHARS);
}

/** A 404 that says which name was not found. @param hint what to do, if that is known. */
export function refuseName(
  code: 'gateway_not_found' | 'model_not_found',
  what: string,
  name: string,
  hint = '',
): OwnAnswer {
  return refuse(code, `${what} "${showName(name)}" was not found.${hint}`);
}

/** Tells a refusal from what is done otherwise. */
export function isOwnAnswer(value: object | null): value is OwnAnswer {
  return value !== null && 'kind' in value && value.kind === 'own_answer';
}
