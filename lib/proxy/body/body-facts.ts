import { type OwnAnswer, refuse } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import { boundaryOf } from './form-boundary.ts';

/** What the headers say of a request's body. */
export type BodyFacts = {
  present: boolean;
  /** In bytes; null when it comes in chunks. */
  length: number | null;
  /** Whether `Content-Type` calls it JSON. */
  json: boolean;
  /** Of a form; null: it is none. */
  boundary: string | null;
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
  // The model in a compressed body cannot be checked, and the upstream could read it.
  if ((headers.first('content-encoding') ?? 'identity').toLowerCase() !== 'identity') {
    return refuse('invalid_request', 'A request body with a Content-Encoding is not accepted.');
  }
  const given = headers.first('content-length');
  const length = given === undefined ? null : Number(given);
  if (length !== null && !Number.isSafeInteger(length)) return refuse('request_too_large');
  const type = headers.first('content-type') ?? '';
  const form = boundaryOf(type);
  if (form?.kind === 'ambiguous') return refuse('invalid_request', 'The boundary of the form is not clear.');
  return {
    present: coding !== undefined || (length ?? 0) > 0,
    length: coding === undefined ? length : null,
    json: JSON_TYPE.test(type),
    boundary: form?.boundary ?? null,
  };
}
