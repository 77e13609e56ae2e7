/**
 * A string literal of JavaScript, Python or JSON. JSON's escapes mean the same in all three; U+2028 and U+2029, which
 * older JavaScript ends a line at, are escaped too.
 */
export function quoteString(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** One word of a POSIX shell (POSIX.1-2017, Shell Command Language §2.2.2): nothing in it has a meaning. */
export function quoteShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
