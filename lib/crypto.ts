import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What keys are derived for. Each purpose has a key of its own, so that one that leaks opens nothing else. */
export const KEY_PURPOSES = [
  'session',
  'provider-key-encryption',
  'provider-key-version',
  'via-name',
  'upload-ticket',
  'known-browser',
] as const;

export type KeyPurpose = (typeof KEY_PURPOSES)[number];

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Derives the 32-byte key for one purpose from `LATCHKEY_SECRET` (HKDF-SHA-256, RFC 5869; the purpose is `info`).
 *
 * @param secret 32 bytes in base64.
 */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', `latchkey/${purpose}/v1`, 32));
}

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) under a random 96-bit nonce.
 *
 * @param associatedData the id of the row that will hold the result: a ciphertext copied to another row does not open.
 * @returns nonce, tag and ciphertext, in that order.
 */
export function encrypt(plaintext: string, key: Buffer, associatedData: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]));
}

/**
 * Opens what `encrypt` made.
 *
 * @throws when key, associated data or a single bit differ.
 */
export function decrypt(sealed: Uint8Array, key: Buffer, associatedData: string): string {
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(associatedData));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, tagEnd));
  return Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]).toString('utf8');
}
