import { z } from 'zod';
import { modelNameSchema, PROVIDER_PROBLEMS, type ProviderProblem } from '#lib/providers/schema.ts';

/** A name in quotes, where a quote is doubled (as in CSV, RFC 4180 §2), or whatever has no separator in it. */
const NAME = /"((?:[^"]|"")+)"(?=[\s,]|$)|[^\s,]+/g;

/**
 * The names in what was typed or pasted: one, or several with commas or white space between them. In quotes, these are
 * part of a name.
 *
 * @param chosen those that are in the list already.
 */
export function readTypedModels(typed: string, chosen: string[]): { names: string[]; problem: ProviderProblem | null } {
  const found = [...typed.matchAll(NAME)].map(([part, quoted]) => quoted?.replaceAll('""', '"') ?? part);
  const names = [...new Set(found)];
  if (names.some((name) => chosen.includes(name))) return { names, problem: 'modelTwice' };
  const parsed = z.array(modelNameSchema).safeParse(names);
  if (parsed.success) return { names: parsed.data, problem: null };
  const message = parsed.error.issues[0]?.message;
  return { names, problem: z.enum(PROVIDER_PROBLEMS).catch('modelCharacters').parse(message) };
}
