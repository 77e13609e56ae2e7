import { type OwnAnswer, refuse } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import { hexHashOf, isWellFormed } from './token-hashes.ts';

/** What a request shows as its authentication token. */
export type Credential =
  | { kind: 'missing' }
  | { kind: 'invalid' }
  /** `carrier`: the header that it stands in. */
  | { kind: 'token'; token: string; carrier: string }
  /** What the gateway gave in its place, for one address. `tokenHash`: SHA-256 in hexadecimal. */
  | { kind: 'ticket'; tokenHash: string };

/** The hash by which a token is known; null without one. */
export function tokenHashOf(credential: Credential): string | null {
  if (credential.kind === 'ticket') return credential.tokenHash;
  return credential.kind === 'token' ? hexHashOf(credential.token) : null;
}

/**
 * Where a token may stand, first wins. `cf-aig-authorization` leaves `Authorization` to the client's own provider key;
 * the others are what the SDKs of Anthropic, Google and Azure send.
 */
const CARRIERS = ['cf-aig-authorization', 'authorization', 'x-api-key', 'x-goog-api-key', 'api-key'] as const;

/** Headers in which clients send a provider's key, or a token of ours. */
export const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(CARRIERS);

const TOKEN_CHARS = 52;
/** In any case: what a server or client made lower case is still most of a secret. */
const TOKEN_ANYWHERE = /lk_[0-9a-z]{49}/i;

/** Whether a token of ours, or what looks like one, stands anywhere in `text`. */
export function holdsToken(text: string): boolean {
  // Length and the plain search decide nearly always, and cost a tenth.
  return text.length >= TOKEN_CHARS && (text.includes('k_') || text.includes('K_')) && TOKEN_ANYWHERE.test(text);
}

/** Encoded more often, a text is not what somebody's mistake makes of a token. */
const MOST_ENCODINGS = 3;

/** As `holdsToken`, for what may be percent-encoded, also more than once. */
export function holdsEncodedToken(text: string): boolean {
  if (text.length < TOKEN_CHARS) return false;
  let decoded = text;
  for (let times = 0; times < MOST_ENCODINGS && decoded.includes('%'); times++) {
    decoded = decoded.replace(/%([0-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return holdsToken(decoded);
}

const BASIC = /^basic +(.*)/i;

/** As `holdsToken`, for the value of a header, which may also hold it as the password of `Basic` (RFC 7617 §2). */
export function holdsTokenAsHeader(value: string): boolean {
  if (value.length < TOKEN_CHARS) return false;
  const [, basic] = BASIC.exec(value) ?? [];
  return (
    holdsEncodedToken(value) || (basic !== undefined && holdsToken(Buffer.from(basic, 'base64').toString('latin1')))
  );
}

/**
 * Finds the authentication token. Its form and checksum are checked, so that a token that was never made costs no
 * lookup, and the first header that holds one of that form counts: applications send an empty `Bearer`, `Bearer
 * undefined` or another key beside it. Two lines of one credential header are refused: which of them counts differs
 * between parsers.
 */
export function readCredential(headers: HeaderLines): Credential | OwnAnswer {
  for (const name of CREDENTIAL_HEADERS) {
    if (headers.repeats(name)) return refuse('invalid_request', 'A credential header is repeated.');
  }
  let somethingSent = false;
  for (const carrier of CARRIERS) {
    const value = headers.first(carrier);
    if (value === undefined) continue;
    const token = carrier.endsWith('authorization') ? bearerOf(value) : value;
    // Another scheme, such as Basic, is no token.
    if (token === null) continue;
    if (isWellFormed(token)) return { kind: 'token', token, carrier };
    somethingSent = true;
  }
  return { kind: somethingSent ? 'invalid' : 'missing' };
}

/** What follows `Bearer` and one space (RFC 6750 §2.1; the scheme ignores case), null for any other scheme. */
function bearerOf(value: string): string | null {
  if (value.slice(0, 6).toLowerCase() !== 'bearer') return null;
  if (value.length === 6) return '';
  const separator = value[6];
  if (separator === ' ') return value.slice(7);
  return separator === '\t' ? '' : null;
}
