/**
 * Which of a table's optional columns a reader has chosen to see. Kept in a cookie, so that the first page that the
 * server makes has them.
 *
 * @param cookie what the browser sent; it may hold anything.
 * @param usual what is shown to those who have chosen nothing.
 */
export function parseColumnChoice<const Column extends string>(
  cookie: string | undefined,
  optional: readonly Column[],
  usual: readonly Column[],
): Column[] {
  if (cookie === undefined) return [...usual];
  const chosen = cookie.split('.');
  return optional.filter((column) => chosen.includes(column));
}

/** The choice as the cookie holds it. */
export function formatColumnChoice(columns: readonly string[]): string {
  // Empty would be the same as no cookie to some browsers.
  return columns.length > 0 ? columns.join('.') : 'none';
}
