import { z } from 'zod';
import { modelNameSchema, PROVIDER_PROBLEMS, type ProviderProblem } from '#lib/providers/schema.ts';

/**
 * The names in what was typed or pasted: one, or several with commas or white space between them.
 *
 * @param chosen those that are in the list already.
 */
export function readTypedModels(typed: string, chosen: string[]): { names: string[]; problem: ProviderProblem | null } {
  const names = [...new Set(typed.split(/[\s,]+/).filter(Boolean))];
  if (names.some((name) => chosen.includes(name))) return { names, problem: 'modelTwice' };
  const parsed = z.array(modelNameSchema).safeParse(names);
  if (parsed.success) return { names: parsed.data, problem: null };
  const message = parsed.error.issues[0]?.message;
  return { names, problem: z.enum(PROVIDER_PROBLEMS).catch('modelCharacters').parse(message) };
}
