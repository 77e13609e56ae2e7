import { type OwnAnswer, refuse } from '../errors.ts';

/** A content coding that is undone here (RFC 9110 §8.4.1; br: RFC 7932, zstd: RFC 8878). */
export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** By the names that clients write. `x-gzip` is gzip to this day (RFC 9110 §8.4.1.3). */
const CODINGS: Readonly<Record<string, Coding>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  zstd: 'zstd',
};

/** Nobody encodes more often, and each costs memory. */
const MOST_CODINGS = 3;

/**
 * The codings that `Content-Encoding` names, in the order in which they were applied. `identity` and empty elements are
 * none (RFC 9110 §5.6.1, §8.4.1). Another one is refused: the model could not be checked, and the upstream could read it.
 */
export function readCodings(value: string): OwnAnswer | { kind: 'codings'; codings: readonly Coding[] } {
  const names = value
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const codings = names.flatMap((name) => (Object.hasOwn(CODINGS, name) ? (CODINGS[name] ?? []) : []));
  if (codings.length === names.length && codings.length <= MOST_CODINGS) return { kind: 'codings', codings };
  // RFC 9110 §12.5.3 and §15.5.16: what would be understood.
  return refuse('unsupported_encoding', undefined, ['accept-encoding', 'gzip, deflate, br, zstd']);
}
