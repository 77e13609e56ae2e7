import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { UNDO_MINUTES } from './deleted-tokens.ts';

/** What can still be undone. */
export type Deletion = {
  deletionId: string;
  tokens: number;
  /** One of them. */
  name: string;
  /** ISO 8601. */
  undoUntil: string;
};

const rowsSchema = z.array(
  z.object({ deletion_id: z.uuid(), tokens: z.int(), name: z.string(), undo_until: z.date() }),
);

/** The deletions of a gateway of the session's account that can be undone, the latest first. */
export async function listDeletions(db: PrismaClient, session: Session, gatewayId: string): Promise<Deletion[]> {
  const rows = await db.$queryRaw`
    SELECT deletion_id, count(*)::int AS tokens, min(name) AS name,
      min(deleted_at) + ${UNDO_MINUTES} * interval '1 minute' AS undo_until
    FROM deleted_token WHERE gateway_id = ${gatewayId}::uuid AND account_id = ${session.accountId}
      AND deleted_at > clock_timestamp() - ${UNDO_MINUTES} * interval '1 minute'
    GROUP BY deletion_id ORDER BY max(deleted_at) DESC`;
  return rowsSchema.parse(rows).map(({ deletion_id, tokens, name, undo_until }) => {
    return { deletionId: deletion_id, tokens, name, undoUntil: undo_until.toISOString() };
  });
}
