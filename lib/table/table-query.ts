import { z } from 'zod';
import { findSecret } from '#lib/secrets/find-secret.ts';

export const PAGE_SIZES = [10, 20, 50, 100] as const;

export type SortOrder = 'asc' | 'desc';

/** Which rows of a table are asked for. It lives in the address bar, so that a view can be sent to somebody. */
export type TableQuery<Column extends string = string> = {
  /** From 1. */
  page: number;
  size: number;
  sort: Column;
  order: SortOrder;
  /** Text to search for, NFC; empty for all rows. */
  q: string;
};

/** One page of a table, as it was found. */
export type TablePage<Row> = {
  rows: Row[];
  /** How many rows there are on all pages. */
  total: number;
  /** The page that was found: the last one when a later one was asked for. */
  page: number;
  /** There are more than `total`, which nobody counted. */
  more?: boolean;
};

/** Longer than any name that can be found. */
const LONGEST_SEARCH = 256;

/** What somebody searches for, NFC; empty for all rows. No secret: what is searched for is in addresses. */
export const searchTextSchema = z
  .string()
  .max(LONGEST_SEARCH)
  .refine((text) => isSearchable(text) && findSecret(text) === null)
  .transform(toSearchText);

/**
 * A parser for a page's search parameters. It never fails: what cannot be used falls back to the default, because
 * addresses are typed, cut off and kept for years.
 */
export function tableQuerySchema<const Column extends string>(
  columns: readonly Column[],
  defaults: { sort: NoInfer<Column>; order: SortOrder },
) {
  return z.object({
    page: z.coerce.number().int().min(1).max(10_000_000).catch(1),
    size: z.coerce.number().pipe(z.literal(PAGE_SIZES)).catch(PAGE_SIZES[0]),
    sort: z.enum(columns).catch(defaults.sort),
    order: z.enum(['asc', 'desc']).catch(defaults.order),
    q: searchTextSchema.catch(''),
  });
}

/** How many rows come before the page, and which page that is when there are only `total` rows. */
export function locatePage(query: Pick<TableQuery, 'page' | 'size'>, total: number): { page: number; offset: number } {
  const lastPage = Math.max(1, Math.ceil(total / query.size));
  const page = Math.min(query.page, lastPage);
  return { page, offset: (page - 1) * query.size };
}

/** For a LIKE pattern: `%`, `_` and `\` stand for themselves. Prisma's `contains` does not do this. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** PostgreSQL has no NUL in texts, and UTF-8 no lone surrogate. */
function isSearchable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function toSearchText(text: string): string {
  return text.normalize('NFC').trim();
}
