import { z } from 'zod';
import { searchTextSchema, tableQuerySchema } from '#lib/table/table-query.ts';
import { parseName } from './name.ts';

/** A token's name, in the browser and on the server. The messages are keys below `tokens.create.errors`. */
export const tokenNameSchema = z.string('required').transform((input, context) => {
  const result = parseName(input);
  if ('name' in result) return result.name;
  context.addIssue({ code: 'custom', message: result.problem });
  return z.NEVER;
});

export const TOKEN_STATUSES = ['ACTIVE', 'DISABLED', 'EXPIRED'] as const;

export const tokenStatusSchema = z.enum(TOKEN_STATUSES);

export type TokenStatus = z.infer<typeof tokenStatusSchema>;

/** `30`, `90`: neither used nor created for so many days. `never`: never used. */
export const UNUSED_FILTERS = ['30', '90', 'never'] as const;

export const TOKEN_SORT_COLUMNS = ['name', 'createdAt', 'status', 'lastUsedAt'] as const;

/** Both are empty for all. */
const statusFilterSchema = z.enum([...TOKEN_STATUSES, '']);
const unusedFilterSchema = z.enum([...UNUSED_FILTERS, '']);

export const tokenQuerySchema = tableQuerySchema(TOKEN_SORT_COLUMNS, { sort: 'createdAt', order: 'desc' }).extend({
  status: statusFilterSchema.catch(''),
  unused: unusedFilterSchema.catch(''),
});

export type TokenQuery = z.infer<typeof tokenQuerySchema>;

/** Which tokens of a gateway are meant, wherever they stand. What it does not know it refuses: "all" may be deleted. */
export const tokenFilterSchema = z.strictObject({
  q: searchTextSchema,
  status: statusFilterSchema,
  unused: unusedFilterSchema,
});

export type TokenFilter = z.infer<typeof tokenFilterSchema>;

/** A token as lists show it. The secret is not among what is stored, and its hash is never selected. */
export type TokenRow = {
  id: string;
  name: string;
  /** `lk_abcd…wxyz`. */
  masked: string;
  status: TokenStatus;
  /** ISO 8601, as all times here. */
  createdAt: string;
  /** The creator's e-mail; null when the user is gone, or the program made it. */
  createdBy: string | null;
  /** Null: never. */
  expiresAt: string | null;
  /** Null: never. Up to a minute behind. */
  lastUsedAt: string | null;
  /** The network it was used from. */
  lastUsedFrom: string | null;
  /** In the last 24 hours, by whole hours. */
  requests: number;
  /** The secret before the last rotation, while it still works. */
  previous: { masked: string; until: string } | null;
};

/** What the answer to a creation or a rotation carries, once. */
export type CreatedToken = {
  id: string;
  name: string;
  token: string;
  /** ISO 8601; null: never. */
  expiresAt: string | null;
};
