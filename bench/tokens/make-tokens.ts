import type { Session } from '#lib/auth/credentials.ts';
import type { PrismaClient } from '#prisma/client.ts';

const ROWS_AT_ONCE = 100_000;

export type Crowd = { session: Session; gatewayId: string };

/**
 * A gateway with very many tokens: one in fifty disabled, one in a hundred expired, half of them never used, the others
 * some time in the last 400 days. Their hashes are those of nothing.
 */
export async function makeTokens(db: PrismaClient, count: number, onProgress: (made: number) => void): Promise<Crowd> {
  const account = await db.account.create({ data: { id: 123_456 } });
  const data = { accountId: account.id, email: 'bench@example.com', passwordHash: '-' };
  const user = await db.user.create({ data });
  const gateway = await db.gateway.create({
    data: { accountId: account.id, name: 'crowded', slug: `user-${account.id}-crowded` },
  });
  for (let made = 0; made < count; made += ROWS_AT_ONCE) {
    await insertTokens(db, account.id, gateway.id, made, Math.min(made + ROWS_AT_ONCE, count));
    onProgress(Math.min(made + ROWS_AT_ONCE, count));
  }
  // As autovacuum does a minute after so many rows.
  await db.$executeRaw`VACUUM ANALYZE authentication_token`;
  const session = { userId: user.id, accountId: account.id, email: data.email, sessionVersion: 1 };
  return { session, gatewayId: gateway.id };
}

/** Names that admins give: a team, a purpose, a number. */
function insertTokens(db: PrismaClient, accountId: number, gatewayId: string, from: number, to: number) {
  return db.$executeRaw`
    INSERT INTO authentication_token (id, account_id, gateway_id, name, name_key, hash, first_chars, last_chars,
      status, expires_at, created_at, last_used_at)
    SELECT gen_random_uuid(), ${accountId}, ${gatewayId}::uuid, name, lower(name), sha256(convert_to(name, 'UTF8')),
      left(md5(name), 4), right(md5(name), 4),
      CASE WHEN n % 50 = 7 THEN 'DISABLED' ELSE 'ACTIVE' END::token_status,
      CASE WHEN n % 100 = 11 THEN now() - interval '1 day' END,
      now() - interval '400 days' * (1 - n / 1e6),
      CASE WHEN n % 2 = 0 THEN now() - interval '400 days' * random() * (1 - n / 1e6) END
    FROM (
      SELECT n, (ARRAY['token', 'Nhóm-dữ-liệu', 'mobile-app', 'batch', 'kế-toán', 'CI'])[1 + n % 6]
        || '-user' || lpad((n * 7919 % 1000003)::text, 7, '0') AS name
      FROM generate_series(${from}::bigint, ${to - 1}::bigint) AS n) AS named`;
}
