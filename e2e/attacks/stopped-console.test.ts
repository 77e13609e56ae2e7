import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '#lib/db.ts';
import { deleteTokens } from '#lib/tokens/delete-tokens.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { countOpen, countWaiting, holdLock, NOT_DONE, RECORDS_LOCK } from '#testing/held-changes.ts';
import { openTokenActionStage, type TokenActionStage } from '#testing/token-action-stage.ts';

let stage: TokenActionStage;
/** As another console has it. */
let otherDb: PrismaClient;
beforeAll(async () => {
  stage = await openTokenActionStage();
  otherDb = openDb(stage.databaseUrl);
});
afterAll(async () => {
  await otherDb.$disconnect();
  await stage.close();
});

test('a console that is stopped in a deletion keeps no other from deleting, and the same token only for a moment', async () => {
  const { mine, db, console } = stage;
  const { gatewayId, userId, accountId, email } = mine;
  const session = { userId, accountId, email, sessionVersion: 1 };
  const deleteAsOther = (id: string) => deleteTokens(otherDb, session, { gatewayId, ids: [id] });
  const other = await stage.addToken(mine, 'other');

  const release = await holdLock(stage.databaseUrl, RECORDS_LOCK);
  const answer = stage.call(stage.client, 'deleteTokensAction', { gatewayId, ids: [mine.token.id] });
  await expect.poll(() => countWaiting(db)).toBe(1);
  console.process.kill('SIGSTOP');
  try {
    await release();
    await expect.poll(() => countOpen(db)).toBe(1);
    expect(await deleteAsOther(other.id)).toMatchObject({ ok: true, deleted: 1 });
    expect(await countOpen(db)).toBe(1);
    expect(await deleteAsOther(mine.token.id)).toMatchObject({ ok: true, deleted: 1 });
  } finally {
    console.process.kill('SIGCONT');
  }
  expect((await answer).text).toContain(NOT_DONE);
  expect(await db.auditEvent.count({ where: { action: 'token.deleted', subjectId: mine.token.id } })).toBe(1);
});
