/**
 * What a terminal obeys or hides instead of showing it: controls (C0, DEL, C1), line separators, and the marks that turn
 * the direction of text. Not the line feed, which ends a line of the log.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const UNSEEN = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Writes such characters as `\u001b`, which in JSON is the same text. */
export function showUnseen(text: string): string {
  return text.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
