/** Clients and providers use some hundred names. */
const MOST_NAMES = 1_000;
/** Shorter than a token, so that no memory of names holds one. */
const MAX_NAME_CHARS = 40;

/**
 * Remembers what a function says of header names, which are the same in nearly all messages. Whoever invents names
 * fills the memory once and gains nothing.
 */
export function rememberByName<Answer extends string | boolean>(
  judge: (name: string) => Answer,
): (name: string) => Answer {
  const known = new Map<string, Answer>();
  return (name) => {
    const remembered = known.get(name);
    if (remembered !== undefined) return remembered;
    const answer = judge(name);
    if (known.size < MOST_NAMES && name.length <= MAX_NAME_CHARS) known.set(name, answer);
    return answer;
  };
}

/** In lower case. */
export const toLowerName = rememberByName((name) => name.toLowerCase());
