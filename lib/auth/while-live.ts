import type { PrismaClient } from '#prisma/client.ts';
import { findLiveSession, type Session } from './credentials.ts';

/** Passes on what is read in a session's name, batch by batch, as long as that session has not been ended. */
export async function* whileLive<Batch>(
  db: PrismaClient,
  { userId, sessionVersion }: Session,
  batches: AsyncIterable<Batch>,
): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    // Broken off, so that what has arrived is not taken for all.
    if (!(await findLiveSession(db, { sub: userId, sessionVersion }))) throw new Error('the session was ended');
    yield batch;
  }
}
