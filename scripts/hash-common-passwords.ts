import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SHORTEST_PASSWORD } from '#lib/auth/schema.ts';

/*
 * Writes `lib/auth/common-password-hashes.ts` from lists of leaked passwords, one a line:
 * `node scripts/hash-common-passwords.ts LIST…`. Those that are too short here anyway are left out.
 */
const HASH_BYTES = 4;

const passwords = process.argv
  .slice(2)
  .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .map((line) => line.trim().toLowerCase())
  .filter((password) => [...password].length >= SHORTEST_PASSWORD);
const prefixes = new Set(
  passwords.map((password) =>
    createHash('sha256')
      .update(password)
      .digest('hex')
      .slice(0, HASH_BYTES * 2),
  ),
);
const bytes = Buffer.from([...prefixes].toSorted().join(''), 'hex');

const text = `/** Of each hash its first bytes; the hashes are in order. */
export const HASH_BYTES = ${HASH_BYTES};

/**
 * The beginnings of the SHA-256 of ${prefixes.size} leaked passwords of at least ${SHORTEST_PASSWORD} characters, lower case: all such of
 * the million that are the most frequent in Mark Burnett's ten million (public domain). Base64, because the words themselves
 * are not for everybody's eyes. Made by \`scripts/hash-common-passwords.ts\`.
 */
export const COMMON_PASSWORD_HASHES =
  '${bytes.toString('base64')}';
`;
writeFileSync(path.resolve(import.meta.dirname, '../lib/auth/common-password-hashes.ts'), text);
console.log(`${prefixes.size} passwords`);
