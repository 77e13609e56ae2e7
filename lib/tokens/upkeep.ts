import { logger } from '#lib/logger.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { UNDO_MINUTES } from './deleted-tokens.ts';
import { NO_PREVIOUS } from './end-previous-secret.ts';

const UPKEEP_EVERY_MS = 1_000;
/** Of one statement, so that none holds many rows for long. */
const ROWS_AT_ONCE = 5_000;
/** So many are added up by a query in no time. */
const MOST_SUMMANDS = 20;

/**
 * What the passing of time does to tokens, once a second and for as long as the process runs. What is overdue after a
 * restart is done then. Nothing waits for it: proxies, undo and the shown status go by the clock themselves.
 */
export function startTokenUpkeep(db: PrismaClient): void {
  const run = async () => {
    await tendTokens(db).catch((error: unknown) => logger.warn({ err: error }, 'upkeep of tokens failed'));
    setTimeout(run, UPKEEP_EVERY_MS).unref();
  };
  void run();
}

/** Several processes may do so at once: none waits for rows that another has. */
export async function tendTokens(db: PrismaClient): Promise<void> {
  await eraseDeletedTokens(db);
  await endPreviousSecrets(db);
  await markExpiredTokens(db);
  await addUpCounts(db);
}

/** After the time to undo is over, the hash is gone, and with it all that was kept of the token. */
async function eraseDeletedTokens(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    DELETE FROM deleted_token WHERE id IN (
      SELECT id FROM deleted_token WHERE deleted_at <= clock_timestamp() - ${UNDO_MINUTES} * interval '1 minute'
      LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED)`;
}

/** The hash of a secret that has ended is erased, and streams that it had opened are cut. */
async function endPreviousSecrets(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    UPDATE authentication_token SET ${NO_PREVIOUS} WHERE id IN (
      SELECT id FROM authentication_token WHERE previous_until <= clock_timestamp()
      LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED)`;
}

/** Lists are sorted, filtered and counted by what is stored. */
async function markExpiredTokens(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    UPDATE authentication_token SET status_rank = 2 WHERE id IN (
      SELECT id FROM authentication_token WHERE status_rank <> 2 AND expires_at <= clock_timestamp()
      LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED)`;
}

/** Each change of tokens has left a row with what it added or took. */
async function addUpCounts(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    WITH added AS (
      DELETE FROM token_count WHERE id IN (
        SELECT id FROM token_count
        WHERE (gateway_id, status_rank) IN (
          SELECT gateway_id, status_rank FROM token_count GROUP BY 1, 2 HAVING count(*) > ${MOST_SUMMANDS})
        LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED)
      RETURNING gateway_id, status_rank, tokens)
    INSERT INTO token_count (gateway_id, status_rank, tokens)
    SELECT gateway_id, status_rank, sum(tokens) FROM added GROUP BY 1, 2`;
}
