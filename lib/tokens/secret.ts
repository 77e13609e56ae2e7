import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'lk_';
const SECRET_CHARS = 43;
const CHECKSUM_CHARS = 6;
const TOKEN_CHARS = PREFIX.length + SECRET_CHARS + CHECKSUM_CHARS;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TOKEN_FORM = /^lk_[0-9A-Za-z]{49}$/;

/**
 * Makes a new authentication token: `lk_`, 43 base62 characters from the CSPRNG (256 bits), and 6 base62 characters
 * of CRC-32 over what precedes, which secret scanners check. 52 characters in all.
 */
export function generateToken(): string {
  const body = PREFIX + randomBase62(SECRET_CHARS);
  return body + checksumOf(body);
}

/**
 * Whether `value` has the form of a token and its checksum fits. False needs no lookup: such a token was never made.
 * The checksum is no secret, so an ordinary comparison leaks nothing.
 */
export function isWellFormedToken(value: string): boolean {
  if (value.length !== TOKEN_CHARS || !TOKEN_FORM.test(value)) return false;
  return value.endsWith(checksumOf(value.slice(0, -CHECKSUM_CHARS)));
}

/**
 * SHA-256 of a token, 32 bytes: what is stored and looked up. A slow hash would protect nothing, since 256 random
 * bits cannot be guessed (NIST SP 800-63B §3.1.2 asks for salt and stretching of low-entropy secrets only).
 */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return hash('sha256', token, 'buffer');
}

/** The characters of a token that may be shown after it was created: four after the prefix, and the last four. */
export function displayCharsOf(token: string): { firstChars: string; lastChars: string } {
  return { firstChars: token.slice(PREFIX.length, PREFIX.length + 4), lastChars: token.slice(-4) };
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(64)) {
      // 248 = 4 × 62: bytes above it would make the first characters likelier than the others.
      if (byte < 248 && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let i = 0; i < CHECKSUM_CHARS; i++) {
    digits = BASE62[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
