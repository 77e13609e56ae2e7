/**
 * What React writes for strings that begin with `$`, and for `undefined`. Its other `$` forms stand for dates, files,
 * streams and other things that no action here takes.
 */
const PLAIN_MARK = /^(?:\$\$|\$undefined$)/;

/** An action here takes one. Of very many React makes an error of its own. */
const MOST_ARGUMENTS = 10;

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
    const call: unknown = JSON.parse(body, judge);
    return Array.isArray(call) && call.length <= MOST_ARGUMENTS && plain;
  } catch {
    return false;
  }
}

const isForeign = (text: string) => text.startsWith('$') && !PLAIN_MARK.test(text);
