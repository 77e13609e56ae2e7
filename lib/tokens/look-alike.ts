import unhomoglyph from 'unhomoglyph';
import { toNameKey } from './name.ts';

/** How a name differs from its twin: what stands in the one, and in the place of it in the other. */
export type Difference = { given: string; other: string };

/** A name that is asked for, and another that looks like it. `isListed`: that one is asked for, too. */
export type Twin = { name: string; twin: string; isListed: boolean; differences: Difference[] };

/** What each character looks like, as far as one was asked: the library's own search goes through 6,000 of them. */
const lookOf = new Map<string, string>();

/**
 * The skeleton of UTS 39 (§4): two texts with the same one look the same. Full width, circles and their like are undone
 * first (NFKC), which it does not do of all letters.
 */
function skeletonOf(text: string): string {
  let skeleton = '';
  // Pages show a run of spaces as one.
  for (const char of text.normalize('NFKC').normalize('NFD').replace(/\s+/g, ' ')) {
    const look = lookOf.get(char) ?? unhomoglyph(char);
    lookOf.set(char, look);
    skeleton += look;
  }
  return skeleton.normalize('NFD');
}

/** As it is written, and without case: `OpenAI` looks like `OpenAl`, and `ДEV` in capitals like `dev`. */
function looksOf(name: string): string[] {
  return [skeletonOf(name), `lower ${skeletonOf(toNameKey(name))}`];
}

/**
 * The names that look like another one, among the existing ones or among themselves, but are not the same name.
 *
 * @param names that are asked for; of two that are twins, the later one is told.
 */
export function findTwins(names: readonly string[], existing: readonly string[]): Twin[] {
  const seen = new Map<string, { twin: string; isListed: boolean }>();
  const note = (twin: string, isListed: boolean) => {
    for (const look of looksOf(twin)) if (!seen.has(look)) seen.set(look, { twin, isListed });
  };
  for (const name of existing) note(name, false);
  return names.flatMap((name) => {
    const looks = looksOf(name).flatMap((look) => seen.get(look) ?? []);
    const [found] = looks.filter(({ twin }) => toNameKey(twin) !== toNameKey(name));
    note(name, true);
    return found ? [{ name, ...found, differences: differencesOf(name, found.twin) }] : [];
  });
}

/** Each once, in the order of the name. Where one sign looks like two (`m`, `rn`), all between what they share. */
function differencesOf(name: string, twin: string): Difference[] {
  const [given, other] = [[...name], [...twin]];
  if (given.length !== other.length) {
    let start = 0;
    while (given[start] === other[start]) start += 1;
    let end = 0;
    while (end < Math.min(given.length, other.length) - start && given.at(-1 - end) === other.at(-1 - end)) end += 1;
    const between = (chars: string[]) => chars.slice(start, chars.length - end).join('');
    return [{ given: between(given), other: between(other) }];
  }
  const pairs = given.map((char, index) => ({ given: char, other: other[index] ?? '' }));
  const unequal = pairs.filter((pair) => pair.given !== pair.other);
  return [...new Map(unequal.map((pair) => [`${pair.given}/${pair.other}`, pair])).values()];
}
