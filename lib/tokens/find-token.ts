import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { mask, STATUS } from './queries.ts';
import { tokenStatusSchema } from './schema.ts';

const storedSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  first_chars: z.string(),
  last_chars: z.string(),
  gateway_id: z.uuid(),
  gateway_name: z.string(),
  status: z.enum([...tokenStatusSchema.options, 'DELETED']),
  secret: z.enum(['current', 'previous']),
  created_by: z.string().nullable(),
  created_at: z.date(),
  last_used_at: z.date().nullable(),
});

/** Whose token somebody holds in hand. */
export type FoundToken = {
  id: string;
  name: string;
  masked: string;
  gatewayId: string;
  gatewayName: string;
  /** DELETED: less than ten minutes ago. What was deleted before that is not known any more. */
  status: z.infer<typeof storedSchema>['status'];
  /** Which of its secrets it is. */
  secret: 'current' | 'previous';
  createdBy: string | null;
  /** ISO 8601. */
  createdAt: string;
  lastUsedAt: string | null;
};

/** Looks a token up in all gateways of the session's account, by its SHA-256: the token is not sent. */
export async function findTokenByHash(
  db: PrismaClient,
  session: Session,
  hashInHex: string,
): Promise<FoundToken | null> {
  const hash = Buffer.from(hashInHex, 'hex');
  const rows = await db.$queryRaw`
    WITH token AS (
      SELECT id, gateway_id, account_id, name, first_chars, last_chars, status, expires_at, created_by, created_at,
        last_used_at, false AS deleted, 'current' AS secret FROM authentication_token WHERE hash = ${hash}
      UNION ALL
      SELECT id, gateway_id, account_id, name, previous_first_chars, previous_last_chars, status,
        least(expires_at, previous_until), created_by, created_at, last_used_at, false, 'previous'
        FROM authentication_token WHERE previous_hash = ${hash}
      UNION ALL
      SELECT id, gateway_id, account_id, name, first_chars, last_chars, status, expires_at, created_by, created_at,
        last_used_at, true, 'current' FROM deleted_token WHERE hash = ${hash})
    SELECT token.id, token.name, first_chars, last_chars, gateway_id, gateway.name AS gateway_name, secret,
      creator.email AS created_by, token.created_at, last_used_at,
      CASE WHEN deleted THEN 'DELETED' ELSE ${STATUS} END AS status
    FROM token JOIN gateway ON gateway.id = token.gateway_id LEFT JOIN "user" AS creator ON creator.id = token.created_by
    WHERE token.account_id = ${session.accountId}`;
  const [row] = z.array(storedSchema).parse(rows);
  return row ? toFoundToken(row) : null;
}

function toFoundToken(row: z.infer<typeof storedSchema>): FoundToken {
  return {
    id: row.id,
    name: row.name,
    masked: mask(row.first_chars, row.last_chars),
    gatewayId: row.gateway_id,
    gatewayName: row.gateway_name,
    status: row.status,
    secret: row.secret,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
