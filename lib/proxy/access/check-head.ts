import { type BodyFacts, readBodyFacts } from '../body/body-facts.ts';
import { isOwnAnswer, type OwnAnswer, refuse } from '../errors.ts';
import { type HeaderLines, MOST_LINES } from '../headers/header-lines.ts';
import { wantsWebSocket } from '../headers/hop-by-hop.ts';
import { cameThroughUs } from '../headers/via.ts';
import { type Credential, readCredential } from './credentials.ts';

/** What API calls use. The rest is of no use to a provider's API, and TRACE would echo the provider's key. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** The head of a request that is well formed. */
export type Head = {
  body: BodyFacts;
  credential: Credential;
  /** Whether the client wants to go on in another protocol than HTTP/1.1. */
  wantsWebSocket: boolean;
};

/** Judges a request by its head alone: what is malformed costs little, and never reaches the database. */
export function checkHead(method: string, headers: HeaderLines, viaName: string): OwnAnswer | Head {
  if (headers.names.length > MOST_LINES) return refuse('headers_too_large');
  // RFC 9110 §15.5.6 wants `Allow`.
  if (!METHODS.includes(method)) return refuse('method_not_allowed', undefined, ['allow', METHODS.join(', ')]);
  const body = readBodyFacts(headers);
  if (isOwnAnswer(body)) return body;
  if (cameThroughUs(headers, viaName)) return refuse('loop_detected');
  const credential = readCredential(headers);
  return isOwnAnswer(credential) ? credential : { body, credential, wantsWebSocket: wantsWebSocket(headers) };
}
