import { sliceChunks } from './chunks.ts';
import { ACTION, FIRST_ACTION, GRAMMAR, IS_TEXT, isWhole, STATE } from './json-grammar.ts';

/** What a body says of the model: nothing, one name, or something that servers could read in different ways. */
export type ModelInBody =
  | { kind: 'absent' }
  /** `replace` makes the same body with another model in its place. */
  | { kind: 'named'; model: string; replace(model: string): Buffer[] }
  /** `model` is there and can name none. */
  | { kind: 'nameless'; reason: string }
  | { kind: 'ambiguous'; reason: string };

/** Beyond this, parsers that call themselves for each level give up, each at another depth. */
const MAX_DEPTH = 1_000;
/** The longest key that is looked for, with each letter escaped. */
const MAX_KEY_BYTES = 'previous_interaction_id'.length * '\\u006d'.length;
/** A longer name is none of ours. */
const MAX_NAME_BYTES = 4_096;
/** Of a wanted key: it is parsed in one go. Lists of 2,000 files, OpenAI's longest, have room. */
const MAX_VALUE_KIB = 256;

const NO_KEYS: ReadonlyMap<string, string> = new Map();
const NO_VALUES: ReadonlyMap<string, string> = new Map();
/** What is told of a `model` that names none: null is what serializers make of one that is not set. */
const IS_NULL = '`model` in the body is null: name a model, or leave it out where the address names one.';
const IS_NO_TEXT = '`model` in the body must be a text.';
const IS_TOO_LONG = '`model` in the body is longer than any name of a model.';
const NULL_VALUE = /^"\s*:\s*null/;
const NEAR_BYTES = 64;

/** What the byte order marks of UTF-8 and UTF-16 begin with. Nothing else that begins so is near to JSON. */
const BYTE_ORDER_MARKS = [0xef, 0xfe, 0xff];

function describeFault([chunk]: readonly Buffer[]): string {
  return BYTE_ORDER_MARKS.includes(chunk?.[0] ?? 0)
    ? 'The body begins with a byte order mark: JSON is sent in UTF-8 and without one (RFC 8259 §8.1).'
    : 'The body is not valid JSON in UTF-8.';
}

/** Decoded as one: a character may be cut between two chunks. */
function textOf(chunks: readonly Buffer[], start: number, end: number): string {
  return Buffer.concat(sliceChunks(chunks, start, end)).toString('utf8');
}

/**
 * Finds the top-level `model` of a JSON body as its bytes arrive, and checks that they are JSON. Refused as ambiguous
 * are bodies on which JSON parsers disagree, because the upstream could then use another model than the one checked
 * here (RFC 8259 §4: repeated names are unpredictable; Go's parser also takes `Model` for `model`).
 */
export class JsonModelScanner {
  #state: number = STATE.VALUE;
  /** Whether each open bracket is an object's. */
  readonly #open: boolean[] = [];
  /** Bytes of earlier chunks. */
  #offset = 0;
  /** Where the top-level key begins that is being read; -1 in others. */
  #keyStart = -1;
  /** What earlier chunks had of that key. */
  #keyBefore = '';
  #models = 0;
  #hasOtherCase = false;
  /** Where the quote is that ends the last top-level `model`. */
  #modelKeyEnd = -1;
  /** Whether the value of a top-level `model` is being read. */
  #atModel = false;
  /** Where the text is that is its value, with its quotes; -1: it is no text. */
  #valueStart = -1;
  #valueEnd = -1;
  /** Other keys at the top whose values are wanted, by their lower case. */
  readonly #wanted: ReadonlyMap<string, string>;
  /** The wanted key whose value is being read, and where that begins, with its colon. */
  #wantedKey: string | null = null;
  #wantedStart = -1;
  /** Where their values are; null: none is there, as in most bodies. */
  #found: Map<string, { start: number; end: number }> | null = null;
  /** Why they cannot be told. */
  #fault: string | null = null;

  /** @param wanted other keys at the top whose values are wanted, by their lower case. */
  constructor(wanted = NO_KEYS) {
    this.#wanted = wanted;
  }

  /** Reads the next bytes. False: they cannot belong to JSON, and `finish` says so. */
  push(chunk: Buffer): boolean {
    const { length } = chunk;
    let state = this.#state;
    for (let i = 0; i < length && state !== STATE.REJECTED; i++) {
      // Most of a body is text, in which nothing happens.
      if (state === STATE.IN_VALUE_STRING) while (i < length && IS_TEXT[chunk[i] ?? 0] === 1) i++;
      if (i === length) break;
      const next = GRAMMAR[(state << 8) | (chunk[i] ?? 0)] ?? STATE.REJECTED;
      state = next < FIRST_ACTION ? next : this.#act(next, chunk, i);
    }
    this.#state = state;
    if (this.#keyStart >= 0) this.#keyBefore = this.#keyUpTo(chunk, chunk.length);
    this.#offset += chunk.length;
    return state !== STATE.REJECTED;
  }

  /** @param chunks all that was pushed. */
  finish(chunks: readonly Buffer[]): ModelInBody {
    if (this.#open.length > 0 || !isWhole(this.#state)) {
      return { kind: 'ambiguous', reason: describeFault(chunks) };
    }
    if (this.#fault !== null) return { kind: 'ambiguous', reason: this.#fault };
    if (this.#models === 0) return { kind: 'absent' };
    if (this.#models > 1 || this.#hasOtherCase) return { kind: 'ambiguous', reason: 'The body names `model` twice.' };
    const [start, end] = [this.#valueStart, this.#valueEnd];
    if (start < 0) {
      const value = textOf(chunks, this.#modelKeyEnd, this.#modelKeyEnd + NEAR_BYTES);
      return { kind: 'nameless', reason: NULL_VALUE.test(value) ? IS_NULL : IS_NO_TEXT };
    }
    if (end - start > MAX_NAME_BYTES) return { kind: 'nameless', reason: IS_TOO_LONG };
    return {
      kind: 'named',
      model: String(JSON.parse(textOf(chunks, start, end))),
      replace: (model) => [
        ...sliceChunks(chunks, 0, start),
        Buffer.from(JSON.stringify(model)),
        ...sliceChunks(chunks, end, this.#offset),
      ],
    };
  }

  /** The values of the wanted keys that are there, as JSON. @param chunks all that was pushed, which was JSON. */
  values(chunks: readonly Buffer[]): ReadonlyMap<string, string> {
    if (this.#found === null) return NO_VALUES;
    const values = new Map<string, string>();
    for (const [key, { start, end }] of this.#found) {
      const text = textOf(chunks, start, end);
      values.set(key, text.slice(text.indexOf(':') + 1).trim());
    }
    return values;
  }

  /** @returns the next state. */
  #act(action: number, chunk: Buffer, index: number): number {
    const open = this.#open;
    switch (action) {
      case ACTION.BEGIN_VALUE_STRING:
        if (this.#atModel && open.length === 1) this.#valueStart = this.#offset + index;
        return STATE.IN_VALUE_STRING;
      case ACTION.END_VALUE_STRING:
        if (this.#atModel && open.length === 1) this.#valueEnd = this.#offset + index + 1;
        return STATE.AFTER_VALUE;
      case ACTION.BEGIN_KEY_STRING:
        if (open.length === 1) this.#keyStart = this.#offset + index + 1;
        return STATE.IN_KEY_STRING;
      case ACTION.END_KEY_STRING:
        if (this.#keyStart >= 0) this.#noteKey(this.#keyUpTo(chunk, index), this.#offset + index + 1);
        return STATE.COLON;
      case ACTION.COMMA:
        if (open.length === 0) return STATE.REJECTED;
        if (open.length === 1) this.#endWanted(this.#offset + index);
        return open[open.length - 1] ? STATE.KEY : STATE.VALUE;
      case ACTION.OPEN_OBJECT:
        return open.push(true) > MAX_DEPTH ? STATE.REJECTED : STATE.FIRST_KEY;
      case ACTION.OPEN_ARRAY:
        return open.push(false) > MAX_DEPTH ? STATE.REJECTED : STATE.FIRST_ELEMENT;
      default:
        if (open.length === 1) this.#endWanted(this.#offset + index);
        return open.pop() === (action === ACTION.CLOSE_OBJECT) ? STATE.AFTER_VALUE : STATE.REJECTED;
    }
  }

  /** What has come of the key that is being read; nothing of one that is too long. */
  #keyUpTo(chunk: Buffer, end: number): string {
    if (this.#offset + end - this.#keyStart > MAX_KEY_BYTES) return '';
    return this.#keyBefore + chunk.toString('latin1', Math.max(this.#keyStart - this.#offset, 0), end);
  }

  #endWanted(end: number): void {
    if (this.#wantedKey === null) return;
    if (end - this.#wantedStart > MAX_VALUE_KIB * 1_024) {
      this.#fault ??= `\`${this.#wantedKey}\` in the body is longer than ${MAX_VALUE_KIB} KiB.`;
    }
    this.#found ??= new Map();
    this.#found.set(this.#wantedKey, { start: this.#wantedStart, end });
    this.#wantedKey = null;
  }

  /** @param end where it ends, with its quote. */
  #noteKey(raw: string, end: number): void {
    this.#keyStart = -1;
    this.#keyBefore = '';
    const key = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
    this.#atModel = key.length === 5 && key.toLowerCase() === 'model';
    if (!this.#atModel) {
      if (this.#wanted.size > 0) this.#noteWanted(key, end);
      return;
    }
    this.#models += 1;
    this.#modelKeyEnd = end - 1;
    if (key !== 'model') this.#hasOtherCase = true;
  }

  #noteWanted(key: string, end: number): void {
    const wanted = this.#wanted.get(key.toLowerCase());
    if (wanted === undefined) return;
    // Another case is the same key for some.
    if (key !== wanted || this.#found?.has(wanted)) this.#fault ??= `The body names \`${wanted}\` twice.`;
    this.#wantedKey = wanted;
    this.#wantedStart = end;
  }
}
