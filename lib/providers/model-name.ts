/** In UTF-16 units. */
export const LONGEST_MODEL_NAME = 200;

/**
 * What a model's name cannot hold: controls and what cannot be seen (lone surrogates cannot even be encoded), `\`, which
 * servers take for `/`, `?` and `#`, which end a path, and what is percent-encoded already, which one of them would decode
 * and the other not.
 */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\?#]|%[0-9a-f]{2}/iu;

/** A segment that servers take for nothing, for "here" or for "above": empty or of dots, also with a parameter. */
const DOT_SEGMENT = /^(?:\.+(?:;.*)?)?$/;

/** Whether a name can stand, percent-encoded, in a gateway's path and be read there in one way only. */
export function isModelName(name: string): boolean {
  return !FORBIDDEN.test(name) && !name.split('/').some((segment) => DOT_SEGMENT.test(segment));
}

/** A model's name as it stands in a path (RFC 3986 §3.3). @param name one that `isModelName` accepts. */
export function modelPathOf(name: string): string {
  return encodeURI(name);
}
