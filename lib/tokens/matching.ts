import type { Session } from '#lib/auth/credentials.ts';
import { Prisma } from '#prisma/client.ts';
import type { MatchingTokens } from './inputs.ts';
import { toNameKey } from './name.ts';
import { TOKEN_STATUSES, type TokenFilter } from './schema.ts';

/** Where `status_rank` puts a status: text that lists sort by, and a number that an index is small with. */
export const rankOf = (status: (typeof TOKEN_STATUSES)[number]) => TOKEN_STATUSES.indexOf(status);

/**
 * `FROM … WHERE …` for the tokens of a gateway of the session's account that a filter lets through. Whose the gateway is
 * is asked of the gateway: the indexes do not hold the account, and half a million rows would be read for it.
 */
export function filtered(session: Session, gatewayId: string, filter: TokenFilter): Prisma.Sql {
  return Prisma.sql`FROM authentication_token
    WHERE gateway_id = (SELECT id FROM gateway WHERE id = ${gatewayId}::uuid AND account_id = ${session.accountId})
    ${filter.q ? Prisma.sql`AND ${hasPart(filter.q)}` : Prisma.empty} ${hasStatus(filter.status)} ${isUnused(filter.unused)}`;
}

/** `FROM … WHERE …` for all tokens that match, as they were when they were counted. */
export function matching(session: Session, { gatewayId, filter, asOf, exceptIds }: MatchingTokens): Prisma.Sql {
  return Prisma.sql`${filtered(session, gatewayId, filter)}
    AND created_at <= ${asOf} AND id <> ALL(${exceptIds}::uuid[])`;
}

/** A condition: the name contains what is typed, folded as names were folded. */
export function hasPart(q: string): Prisma.Sql {
  return Prisma.sql`strpos(search_key, fold_name(${toNameKey(q)})) > 0`;
}

/** A condition that an index answers: the name has all windows of what is typed. It need not contain it. */
export function hasWindows(q: string): Prisma.Sql {
  return Prisma.sql`name_windows(search_key) @@ windows_of_part(fold_name(${toNameKey(q)}))`;
}

function hasStatus(status: TokenFilter['status']): Prisma.Sql {
  return status ? Prisma.sql`AND status_rank = ${rankOf(status)}::smallint` : Prisma.empty;
}

function isUnused(unused: TokenFilter['unused']): Prisma.Sql {
  if (!unused) return Prisma.empty;
  if (unused === 'never') return Prisma.sql`AND last_used_at IS NULL`;
  const since = Prisma.sql`now() - ${Number(unused)} * interval '1 day'`;
  // One that was made yesterday has not been unused for a month.
  return Prisma.sql`AND created_at < ${since} AND (last_used_at IS NULL OR last_used_at < ${since})`;
}
