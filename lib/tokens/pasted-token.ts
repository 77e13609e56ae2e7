/** Runs in the browser: what is recognised here is hashed here, so that a secret that somebody holds is never sent. */

const TOKEN_IN_TEXT = /\blk_[0-9A-Za-z]{49}\b/;

/** The token in a text that was pasted: alone, or in a header, a command, a line of a log. Null: there is none. */
export function findPastedToken(text: string): string | null {
  return TOKEN_IN_TEXT.exec(text)?.[0] ?? null;
}

/** SHA-256 of a token in hexadecimal. Browsers have `crypto.subtle` only where a page came by https or from this machine. */
export async function hashInBrowser(token: string): Promise<string> {
  const bytes = new TextEncoder().encode(token);
  const digest = crypto.subtle ? await crypto.subtle.digest('SHA-256', bytes) : await hashWithoutSubtle(bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function hashWithoutSubtle(bytes: Uint8Array): Promise<Uint8Array> {
  const { sha256 } = await import('@noble/hashes/sha2.js');
  return sha256(bytes);
}
