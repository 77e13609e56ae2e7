import { decrypt, deriveKey, encrypt } from '#lib/crypto.ts';

/** A provider's key as it is stored. */
export type SealedKey = { keyCiphertext: Uint8Array<ArrayBuffer>; keyVersion: number };

/** Seals and opens provider keys. It holds the key of today's secret and, during a rotation, that of the one before. */
export type KeyRing = {
  /** The version that `seal` gives now. */
  version: number;
  /** Whether what has this version can be opened. */
  knows(version: number): boolean;
  /** @param providerId the id of the row that will hold the key; it opens for that row only. */
  seal(providerKey: string, providerId: string): SealedKey;
  /** @throws when neither secret is the one it was sealed under, or a bit was changed. */
  open(sealed: { keyCiphertext: Uint8Array; keyVersion: number }, providerId: string): string;
};

/**
 * @param secret `LATCHKEY_SECRET`, 32 bytes in base64.
 * @param previousSecret `LATCHKEY_SECRET_PREVIOUS`: what was sealed under it still opens.
 */
export function openKeyRing(secret: string, previousSecret?: string): KeyRing {
  const keys = new Map<number, Buffer>();
  for (const known of previousSecret ? [previousSecret, secret] : [secret]) {
    keys.set(versionOf(known), deriveKey(known, 'provider-key-encryption'));
  }
  const version = versionOf(secret);
  const keyOf = (wanted: number) => {
    const key = keys.get(wanted);
    if (!key) throw new Error('This provider key was sealed under a secret that is not configured.');
    return key;
  };
  return {
    version,
    knows: (wanted) => keys.has(wanted),
    seal: (providerKey, providerId) => ({
      keyCiphertext: encrypt(providerKey, keyOf(version), providerId),
      keyVersion: version,
    }),
    open: ({ keyCiphertext, keyVersion }, providerId) => decrypt(keyCiphertext, keyOf(keyVersion), providerId),
  };
}

/** A secret's name: 31 bits, derived one way. A rotation to a secret with the same name has one chance in 2^31. */
function versionOf(secret: string): number {
  return deriveKey(secret, 'provider-key-version').readUInt32BE() >>> 1;
}
