/** Runs in the browser, where `node:zlib` is not; `secret.ts` does the same on the server, and a test compares them. */

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_CHARS = 6;

/** Whether the last six characters of a token are the CRC-32 of those before: if not, it was mistyped or cut. */
export function hasValidChecksum(token: string): boolean {
  const digits = token.slice(-CHECKSUM_CHARS);
  const value = [...digits].reduce((sum, digit) => sum * 62 + BASE62.indexOf(digit), 0);
  return value === crc32(token.slice(0, -CHECKSUM_CHARS));
}

/** CRC-32 of ASCII text (ISO 3309, reflected polynomial 0xEDB88320). */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
