import type { Credential } from './types.ts';

function inHeader(header: string, prefix: string): Credential {
  return { shown: `${header}: ${prefix}…`, sign: (key) => ({ [header]: prefix + key }) };
}

export const BEARER = inHeader('authorization', 'Bearer ');

/** Anthropic's, and that of those who speak its API. */
export const X_API_KEY = inHeader('x-api-key', '');

export const GOOGLE_API_KEY = inHeader('x-goog-api-key', '');

/** A key in a header that an admin chose: it is sent as it was typed. */
export function inChosenHeader(header: string): Credential {
  return inHeader(header.toLowerCase(), '');
}
