import { isUtf8 } from 'node:buffer';

/** What a JSON body says of the model: nothing, one name, or something that servers could read in different ways. */
export type ModelInBody =
  | { kind: 'absent' }
  /** `replace` makes the same body with another model in its place. */
  | { kind: 'named'; model: unknown; replace(model: string): Buffer }
  | { kind: 'ambiguous'; reason: string };

/**
 * Reads the top-level `model` of a JSON body. Refused as ambiguous are bodies on which JSON parsers disagree, because
 * the upstream could then use another model than the one checked here (RFC 8259 §4: repeated names are unpredictable;
 * Go's parser also takes `Model` for `model`).
 */
export function readModel(body: Buffer): ModelInBody {
  if (!isUtf8(body)) return { kind: 'ambiguous', reason: 'The body is not UTF-8.' };
  const text = body.toString('utf8');
  const value = parse(text);
  if (value === undefined) return { kind: 'ambiguous', reason: 'The body is not valid JSON.' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'absent' };
  const keys = topLevelKeys(text).filter(({ key }) => key.toLowerCase() === 'model');
  const [found] = keys;
  if (!found) return { kind: 'absent' };
  if (keys.length > 1 || found.key !== 'model') return { kind: 'ambiguous', reason: 'The body names `model` twice.' };
  return {
    kind: 'named',
    model: Reflect.get(value, 'model'),
    replace: (model) => Buffer.from(replaceString(text, found.end, model)),
  };
}

/** The parsed text; undefined when it is no JSON, which no JSON text means. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const OPEN = new Set(['{', '[']);
const CLOSE = new Set(['}', ']']);

/**
 * The keys of a JSON object in order, repeated ones too, which `JSON.parse` hides, and the index behind each.
 *
 * @param text valid JSON; only its strings and brackets are looked at.
 */
function topLevelKeys(text: string): { key: string; end: number }[] {
  const keys: { key: string; end: number }[] = [];
  let depth = 0;
  let keyNext = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '"') {
      const end = endOfString(text, i);
      if (keyNext && depth === 1) keys.push({ key: String(JSON.parse(text.slice(i, end + 1))), end: end + 1 });
      keyNext = false;
      i = end;
    } else if (OPEN.has(char)) {
      depth += 1;
      keyNext = depth === 1;
    } else if (CLOSE.has(char)) {
      depth -= 1;
    } else if (char === ',') {
      keyNext = depth === 1;
    }
  }
  return keys;
}

/** The text with another string as the value of the key that ends at `keyEnd`, which has a string. */
function replaceString(text: string, keyEnd: number, replacement: string): string {
  const start = text.indexOf('"', keyEnd);
  return text.slice(0, start) + JSON.stringify(replacement) + text.slice(endOfString(text, start) + 1);
}

/** Index of the quote that ends the string begun at `start`. Searched natively: strings make up most of a body. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
