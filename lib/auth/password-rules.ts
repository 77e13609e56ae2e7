import { hash } from 'node:crypto';
import { COMMON_PASSWORD_HASHES, HASH_BYTES } from './common-password-hashes.ts';

/** Of fewer characters than this, a password is soon tried through. */
const FEWEST_DISTINCT = 5;
/** What must be left of a password without what everybody knows of its user. */
const FEWEST_UNKNOWN = 8;
/** Shorter parts of an address are in many words. */
const SHORTEST_KNOWN = 4;

/** Why a new password cannot be. */
export type PasswordProblem =
  /** It is on the lists that are tried first, or has hardly any characters of its own. */
  | 'common'
  /** It is made of what is known of its user or of this product. */
  | 'personal';

/**
 * What is wrong with a password of the right length (`newPasswordSchema`); null for nothing. Which kinds of characters it
 * has is nobody's business (ASVS 5, 6.2.4, 6.2.5, 6.2.11).
 */
export function passwordProblemOf(password: string, email: string): PasswordProblem | null {
  const folded = password.toLowerCase();
  if (new Set(folded).size < FEWEST_DISTINCT || isRepeated(folded) || isListed(folded)) return 'common';
  return [...withoutKnown(folded, email)].length < FEWEST_UNKNOWN ? 'personal' : null;
}

/** Whether it is one part, again and again. */
const isRepeated = (text: string) => /^(.{1,8}?)\1+$/su.test(text);

function withoutKnown(text: string, email: string): string {
  const known = ['latchkey', 'password', email, ...email.split('@'), ...email.split(/[^\p{L}\p{N}]+/u)];
  return known
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= SHORTEST_KNOWN)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, word) => left.replaceAll(word, ''), text);
}

let hashes: Buffer | undefined;

/** By the beginning of its hash, which one password in a hundred thousand shares with one of the list. */
function isListed(password: string): boolean {
  hashes ??= Buffer.from(COMMON_PASSWORD_HASHES, 'base64');
  const wanted = hash('sha256', password, 'buffer').readUIntBE(0, HASH_BYTES);
  let [from, to] = [0, hashes.length / HASH_BYTES];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const found = hashes.readUIntBE(middle * HASH_BYTES, HASH_BYTES);
    if (found === wanted) return true;
    if (found < wanted) from = middle + 1;
    else to = middle;
  }
  return false;
}
