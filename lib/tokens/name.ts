import { findSecret } from '#lib/secrets/find-secret.ts';

/** Longest name, in code points. */
export const LONGEST_NAME = 64;

/** In UTF-16 units, before normalizing: room for 64 code points that each come as a base and several marks. */
const LONGEST_INPUT = 1024;

export const NAME_PROBLEMS = ['required', 'tooLong', 'columns', 'forbiddenCharacter', 'looksSecret'] as const;

export type NameProblem = (typeof NAME_PROBLEMS)[number];

/**
 * What UTS #51 (§1.4.9) allows to stand inside one emoji: variation selectors, skin tones, joiners between
 * pictographs, keycaps, and the tags of the flags of England, Scotland and Wales. Digits are emoji to Unicode, too,
 * but a joiner between digits would only make two names that look the same.
 */
const EMOJI =
  /\p{RI}\p{RI}|[0-9#*]\uFE0F\u20E3|\u{1F3F4}[\u{E0061}-\u{E007A}]{3,6}\u{E007F}|\p{ExtPict}[\uFE0F\p{EMod}]?(?:\u200D\p{ExtPict}[\uFE0F\p{EMod}]?)*/gu;

/**
 * Control and format characters (zero-width and bidirectional ones among them), line separators, lone surrogates,
 * and whatever else has no glyph: fillers, selectors, tags, a Braille cell and a note without dots and head, what is no
 * character, and private use, which each font draws as it likes.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\u{1D159}]/u;

/**
 * A name as it is stored: trimmed, of one column, NFC, 1 to 64 code points, nothing invisible, no secret that was meant for another
 * field: names are shown, searched and logged. Else what is wrong with it. Takes microseconds for a megabyte, too.
 */
export function parseName(input: string): { name: string } | { problem: NameProblem } {
  const trimmed = input.trim();
  if (trimmed === '') return { problem: 'required' };
  if (trimmed.length > LONGEST_INPUT) return { problem: 'tooLong' };
  if (trimmed.includes('\t')) return { problem: 'columns' };
  if (findSecret(trimmed)) return { problem: 'looksSecret' };
  const name = trimmed.normalize('NFC');
  if (INVISIBLE.test(name.replace(EMOJI, ''))) return { problem: 'forbiddenCharacter' };
  return [...name].length > LONGEST_NAME ? { problem: 'tooLong' } : { name };
}

/** A name as it is compared and searched: two names with the same key are one name. */
export function toNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
