/**
 * What React writes for strings that begin with `$`, and for `undefined`. Its other `$` forms stand for dates, files,
 * streams and other things that no action here takes.
 */
const PLAIN_MARK = /^(?:\$\$|\$undefined$)/;

/** An action here takes one. Of very many React makes an error of its own. */
const MOST_ARGUMENTS = 10;

/** More than the longest list that a form sends. What has more is not looked through. */
const MOST_VALUES = 50_000;

/**
 * Whether a body is what this console's pages send when they call a server action: a JSON list of plain values. Next
 * answers any other with 500, as if the fault were the server's.
 */
export function isActionCall(body: string): boolean {
  try {
    const call: unknown = JSON.parse(body);
    return Array.isArray(call) && call.length <= MOST_ARGUMENTS && isPlain(call);
  } catch {
    return false;
  }
}

/** Not by a reviver, which takes sixty times as long as reading: anybody may send a megabyte. */
function isPlain(call: unknown[]): boolean {
  const left: unknown[] = [call];
  for (let count = 0; left.length > 0; count++) {
    const value = left.pop();
    if (count > MOST_VALUES || (typeof value === 'string' && isForeign(value))) return false;
    if (typeof value !== 'object' || value === null) continue;
    const keys = Array.isArray(value) ? [] : Object.keys(value);
    if (keys.some((key) => key === '__proto__' || isForeign(key))) return false;
    const inner = Object.values(value);
    if (inner.length > MOST_VALUES) return false;
    left.push(...inner);
  }
  return true;
}

const isForeign = (text: string) => text.startsWith('$') && !PLAIN_MARK.test(text);
