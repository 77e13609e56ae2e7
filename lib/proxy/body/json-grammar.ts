/** Where a JSON text stands (RFC 8259): what may come next. Up to `AFTER_VALUE` white space may stand between. */
export const STATE = {
  REJECTED: 0,
  VALUE: 1,
  FIRST_ELEMENT: 2,
  FIRST_KEY: 3,
  KEY: 4,
  COLON: 5,
  AFTER_VALUE: 6,
  IN_VALUE_STRING: 7,
  IN_KEY_STRING: 8,
} as const;

/** What a byte means beyond moving to another state. */
export const ACTION = {
  OPEN_OBJECT: 64,
  OPEN_ARRAY: 65,
  CLOSE_OBJECT: 66,
  CLOSE_ARRAY: 67,
  COMMA: 68,
  BEGIN_VALUE_STRING: 69,
  END_VALUE_STRING: 70,
  BEGIN_KEY_STRING: 71,
  END_KEY_STRING: 72,
} as const;

/** From here on a cell of the table is an action. */
export const FIRST_ACTION = 64;

/** `GRAMMAR[state << 8 | byte]` is the next state, or an action. What is not set is rejected. */
export const GRAMMAR = new Uint8Array(FIRST_ACTION << 8);

/** States in which a number is whole, and so may end with the text. */
const WHOLE_NUMBERS: number[] = [];

let lastState: number = STATE.IN_KEY_STRING;
const newState = () => ++lastState;

/** Bytes from `first` to `last`. */
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const bytesOf = (text: string) => [...Buffer.from(text)];
const DIGITS = bytesOf('0123456789');

function on(state: number, bytes: readonly number[], next: number): void {
  for (const byte of bytes) GRAMMAR[(state << 8) | byte] = next;
}

function addStructure(): void {
  for (let state = STATE.VALUE as number; state <= STATE.AFTER_VALUE; state++) on(state, bytesOf(' \t\n\r'), state);
  for (const state of [STATE.VALUE, STATE.FIRST_ELEMENT]) {
    on(state, bytesOf('{'), ACTION.OPEN_OBJECT);
    on(state, bytesOf('['), ACTION.OPEN_ARRAY);
    on(state, bytesOf('"'), ACTION.BEGIN_VALUE_STRING);
  }
  on(STATE.FIRST_ELEMENT, bytesOf(']'), ACTION.CLOSE_ARRAY);
  for (const state of [STATE.KEY, STATE.FIRST_KEY]) on(state, bytesOf('"'), ACTION.BEGIN_KEY_STRING);
  on(STATE.FIRST_KEY, bytesOf('}'), ACTION.CLOSE_OBJECT);
  on(STATE.COLON, bytesOf(':'), STATE.VALUE);
  on(STATE.AFTER_VALUE, bytesOf(','), ACTION.COMMA);
  on(STATE.AFTER_VALUE, bytesOf(']'), ACTION.CLOSE_ARRAY);
  on(STATE.AFTER_VALUE, bytesOf('}'), ACTION.CLOSE_OBJECT);
}

/** RFC 8259 §7; the sequences of UTF-8 are those of the Unicode Standard, table 3-7. */
function addString(state: number, end: number): void {
  on(state, range(0x20, 0x7f), state);
  on(state, bytesOf('"'), end);
  const escaped = newState();
  on(state, bytesOf('\\'), escaped);
  on(escaped, bytesOf('"\\/bfnrt'), state);
  let hex = newState();
  on(escaped, bytesOf('u'), hex);
  for (let left = 3; left >= 0; left--) {
    const next = left === 0 ? state : newState();
    on(hex, bytesOf('0123456789abcdefABCDEF'), next);
    hex = next;
  }
  const continuation = (first: number, last: number, next: number) => {
    const reached = newState();
    on(reached, range(first, last), next);
    return reached;
  };
  const oneMore = continuation(0x80, 0xbf, state);
  const twoMore = continuation(0x80, 0xbf, oneMore);
  const threeMore = continuation(0x80, 0xbf, twoMore);
  on(state, range(0xc2, 0xdf), oneMore);
  on(state, range(0xe1, 0xef), twoMore);
  on(state, [0xe0], continuation(0xa0, 0xbf, oneMore));
  on(state, [0xed], continuation(0x80, 0x9f, oneMore));
  on(state, range(0xf1, 0xf3), threeMore);
  on(state, [0xf0], continuation(0x90, 0xbf, twoMore));
  on(state, [0xf4], continuation(0x80, 0x8f, twoMore));
}

/** RFC 8259 §6. A number ends with the byte behind it, so where it is whole it goes on as after any value. */
function addNumbers(): void {
  const [minus, zero, integer, point, fraction] = [newState(), newState(), newState(), newState(), newState()];
  const [exponent, sign, power] = [newState(), newState(), newState()];
  for (const whole of [zero, integer, fraction, power]) {
    GRAMMAR.copyWithin(whole << 8, STATE.AFTER_VALUE << 8, (STATE.AFTER_VALUE + 1) << 8);
    WHOLE_NUMBERS.push(whole);
  }
  for (const state of [STATE.VALUE, STATE.FIRST_ELEMENT]) on(state, bytesOf('-'), minus);
  for (const state of [STATE.VALUE, STATE.FIRST_ELEMENT, minus]) {
    on(state, DIGITS, integer);
    on(state, bytesOf('0'), zero);
  }
  on(integer, DIGITS, integer);
  for (const state of [zero, integer]) on(state, bytesOf('.'), point);
  for (const state of [point, fraction]) on(state, DIGITS, fraction);
  for (const state of [zero, integer, fraction]) on(state, bytesOf('eE'), exponent);
  on(exponent, bytesOf('+-'), sign);
  for (const state of [exponent, sign, power]) on(state, DIGITS, power);
}

function addWord(word: string): void {
  let next = newState();
  for (const state of [STATE.VALUE, STATE.FIRST_ELEMENT]) on(state, bytesOf(word[0] ?? ''), next);
  for (const char of word.slice(1, -1)) {
    const state = next;
    next = newState();
    on(state, bytesOf(char), next);
  }
  on(next, bytesOf(word.slice(-1)), STATE.AFTER_VALUE);
}

addStructure();
addString(STATE.IN_VALUE_STRING, ACTION.END_VALUE_STRING);
addString(STATE.IN_KEY_STRING, ACTION.END_KEY_STRING);
addNumbers();
for (const word of ['true', 'false', 'null']) addWord(word);

/** Whether a text that ends in this state, with nothing open, is whole. */
export function isWhole(state: number): boolean {
  return state === STATE.AFTER_VALUE || WHOLE_NUMBERS.includes(state);
}

/** Whether each byte, in a string, is text and nothing else: one that neither ends it nor needs another to be whole. */
export const IS_TEXT = GRAMMAR.slice(STATE.IN_VALUE_STRING << 8, (STATE.IN_VALUE_STRING + 1) << 8).map((next) =>
  next === STATE.IN_VALUE_STRING ? 1 : 0,
);
