import { isOwnAnswer, type OwnAnswer, refuse } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import { type Coding, readCodings } from './content-codings.ts';
import { boundaryOf, isOtherMultipart } from './form-boundary.ts';

/** What the headers say of a request's body. */
export type BodyFacts = {
  present: boolean;
  /** In bytes, as it comes; null when it comes in chunks. */
  length: number | null;
  /** Whether `Content-Type` calls it JSON. */
  json: boolean;
  /** Of a form; null: it is none. */
  boundary: string | null;
  /** See `form-boundary.ts`. */
  isOtherMultipart: boolean;
  /** What was done to it, in this order, and is undone here; null: no `Content-Encoding` says anything of it. */
  codings: readonly Coding[] | null;
};

const JSON_TYPE = /^\s*[a-z]+\/(?:[^;\s]+\+)?json\s*(?:;|$)/i;

/** Reads how a body is framed (RFC 9112 §6) and what it claims to be. */
export function readBodyFacts(headers: HeaderLines): OwnAnswer | BodyFacts {
  if (
    headers.repeats('content-type') ||
    headers.repeats('content-length') ||
    headers.repeats('transfer-encoding') ||
    headers.repeats('content-encoding')
  ) {
    return refuse('invalid_request', 'A header that describes the body is repeated.');
  }
  const coding = headers.first('transfer-encoding');
  // Any other transfer coding would have to be undone here, since the header ends here (RFC 9112 §6.1).
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return refuse('invalid_request', 'The only Transfer-Encoding that is understood is chunked.');
  }
  const given = headers.first('content-length');
  const length = given === undefined ? null : Number(given);
  if (length !== null && !Number.isSafeInteger(length)) return refuse('request_too_large');
  const type = headers.first('content-type') ?? '';
  const form = boundaryOf(type);
  if (form?.kind === 'ambiguous') return refuse('invalid_request', 'The boundary of the form is not clear.');
  const present = coding !== undefined || (length ?? 0) > 0;
  const encoding = present ? headers.first('content-encoding') : undefined;
  const read = encoding === undefined ? null : readCodings(encoding);
  if (isOwnAnswer(read)) return read;
  return {
    present,
    length: coding === undefined ? length : null,
    json: JSON_TYPE.test(type),
    boundary: form?.boundary ?? null,
    isOtherMultipart: isOtherMultipart(type),
    codings: read?.codings ?? null,
  };
}
