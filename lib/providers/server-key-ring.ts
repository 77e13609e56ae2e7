import { serverEnv } from '#lib/env.ts';
import { type KeyRing, openKeyRing } from './key-ring.ts';

/** The key ring of this process's secrets. */
export function serverKeyRing(): KeyRing {
  const { LATCHKEY_SECRET, LATCHKEY_SECRET_PREVIOUS } = serverEnv();
  return openKeyRing(LATCHKEY_SECRET, LATCHKEY_SECRET_PREVIOUS);
}
