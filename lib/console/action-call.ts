/**
 * What React writes for strings that begin with `$`, and for `undefined`. Its other `$` forms stand for dates, files,
 * streams and other things that no action here takes.
 */
const PLAIN_MARK = /^(?:\$\$|\$undefined$)/;

/**
 * Whether a body is what this console's pages send when they call a server action: a JSON list of plain values. Next
 * answers any other with 500, as if the fault were the server's.
 */
export function isActionCall(body: string): boolean {
  let plain = true;
  const judge = (key: string, value: unknown) => {
    if (key === '__proto__' || isForeign(key) || (typeof value === 'string' && isForeign(value))) plain = false;
    return value;
  };
  try {
    return Array.isArray(JSON.parse(body, judge)) && plain;
  } catch {
    return false;
  }
}

const isForeign = (text: string) => text.startsWith('$') && !PLAIN_MARK.test(text);
