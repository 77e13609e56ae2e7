import { NAME_PROBLEMS, parseName, toNameKey } from './name.ts';

export const LIST_PROBLEMS = [...NAME_PROBLEMS, 'duplicate', 'badRange'] as const;

/** A token that would be made; `problem` keeps all of them from it. */
export type ListedName = { name: string; problem: (typeof LIST_PROBLEMS)[number] | null };

/** `token-user01 … token-user50`, with three dots, two or one sign for them; the second name may be its number only. */
const RANGE = /^(?<start>.*?\D|)(?<first>\d{1,9})\s*(?:…|\.{2,3})\s*(?<end>.*?\D|)(?<last>\d{1,9})$/u;

/**
 * The names that a text means: a name a line, or a range of numbered names. Nothing of it is too long to be shown:
 * names beyond `most` are left out, one more than that tells that there are some.
 */
export function expandNames(text: string, most: number): ListedName[] {
  const seen = new Set<string>();
  const listed: ListedName[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    for (const name of expandLine(line.trim(), most - listed.length + 1)) {
      if (listed.length > most) return listed;
      listed.push(check(name, seen));
    }
  }
  return listed;
}

type Expanded = string | { badRange: string };

function expandLine(line: string, most: number): Expanded[] {
  if (line === '') return [];
  const range = RANGE.exec(line)?.groups;
  if (!range) return [line];
  const { start = '', first = '', end = '', last = '' } = range;
  const count = Number(last) - Number(first) + 1;
  if ((end !== '' && end !== start) || count < 1) return [{ badRange: line }];
  // Numbers are as wide as the first one: 01 … 50, and 8 … 12.
  return Array.from({ length: Math.min(count, most) }, (_, index) => {
    return start + String(Number(first) + index).padStart(first.length, '0');
  });
}

function check(name: Expanded, seen: Set<string>): ListedName {
  if (typeof name !== 'string') return { name: name.badRange, problem: 'badRange' };
  const parsed = parseName(name);
  if ('problem' in parsed) return { name, problem: parsed.problem };
  const key = toNameKey(parsed.name);
  const problem = seen.has(key) ? 'duplicate' : null;
  seen.add(key);
  return { name: parsed.name, problem };
}
