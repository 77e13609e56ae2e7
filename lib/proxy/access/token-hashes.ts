import { hashToken, isWellFormedToken } from '#lib/tokens/secret.ts';
import { TwoGenerationMap } from './two-generation-map.ts';

/** Checksum and hash of a token cost as much as all other looking at its request's head. */
const MOST_TOKENS = 20_000;

/**
 * The hashes of tokens that were shown lately, good or not: a function of the token alone, so that nothing that happens
 * to a token makes one wrong.
 */
const hashes = new TwoGenerationMap<string>(MOST_TOKENS);

/** As `isWellFormedToken`. */
export function isWellFormed(token: string): boolean {
  return hashes.get(token) !== undefined || isWellFormedToken(token);
}

/** As `hashToken`, in hexadecimal; of a well-formed token. */
export function hexHashOf(token: string): string {
  const known = hashes.get(token);
  if (known !== undefined) return known;
  const hash = hashToken(token).toString('hex');
  hashes.set(token, hash);
  return hash;
}
