import { z } from 'zod';
import { tableQuerySchema } from '#lib/table-query.ts';
import { NAME_PROBLEMS, type NameProblem, parseName } from '#lib/tokens/name.ts';

/** A token's name, in the browser and on the server. The messages are keys below `tokens.create.errors`. */
export const tokenNameSchema = z.string('required').transform((input, context) => {
  const result = parseName(input);
  if ('name' in result) return result.name;
  context.addIssue({ code: 'custom', message: result.problem });
  return z.NEVER;
});

export const createTokenSchema = z.object({ gatewayId: z.uuid(), name: tokenNameSchema });

/** What is wrong with the name; null when it is not the name. */
export function nameProblemOf(error: z.ZodError<CreateTokenInput>): NameProblem | null {
  const issue = error.issues.find(({ path }) => path[0] === 'name');
  return issue ? z.enum(NAME_PROBLEMS).catch('required').parse(issue.message) : null;
}

export type CreateTokenInput = z.infer<typeof createTokenSchema>;

/** How many tokens one request may delete: more than anybody ticks, and less than the limit of a request's size. */
const MOST_DELETED = 10_000;

export const deleteTokensSchema = z.object({
  gatewayId: z.uuid(),
  ids: z.array(z.uuid().toLowerCase()).min(1).max(MOST_DELETED),
});

export type DeleteTokensInput = z.infer<typeof deleteTokensSchema>;

export const TOKEN_SORT_COLUMNS = ['name', 'createdAt', 'status'] as const;

export const tokenQuerySchema = tableQuerySchema(TOKEN_SORT_COLUMNS, { sort: 'createdAt', order: 'desc' });

export type TokenQuery = z.infer<typeof tokenQuerySchema>;

export const tokenStatusSchema = z.enum(['ACTIVE', 'DISABLED', 'EXPIRED']);

/** A token as lists show it. The secret is not among what is stored, and its hash is never selected. */
export type TokenRow = {
  id: string;
  name: string;
  /** `lk_abcd…wxyz`. */
  masked: string;
  status: z.infer<typeof tokenStatusSchema>;
  /** ISO 8601. */
  createdAt: string;
};

/** What the answer to a creation carries, once. */
export type CreatedToken = { name: string; token: string };
