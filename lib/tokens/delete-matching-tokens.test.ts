import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Owner, openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { deleteMatchingTokens } from './delete-matching-tokens.ts';
import { previewMatching } from './preview-deletion.ts';
import { undoDeletion } from './undo-deletion.ts';

let owners: TokenOwners;
let mine: Owner;
let theirs: Owner;
beforeAll(async () => {
  owners = await openTokenOwners();
  ({ mine, theirs } = owners);
});
afterAll(() => owners.close());

const filter = (q: string) => ({ q, status: '', unused: '' }) as const;

async function addMany(prefix: string, count: number) {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  for (let start = 0; start < count; start += 500) await owners.create(mine, names.slice(start, start + 500));
}

test('deletes in parts, until none is left that was there when they were counted, and undoes them together', async () => {
  await addMany('sweep', 2_200);
  const { session, gatewayId } = mine;
  const kept = await owners.db.authenticationToken.findFirstOrThrow({ where: { name: 'sweep-7' } });
  const chosen = { gatewayId, filter: filter('SWEEP'), exceptIds: [kept.id] };
  const preview = await previewMatching(owners.db, session, chosen);
  expect(preview).toMatchObject({ tokens: 2_199, usedLastHour: { tokens: 0 } });
  await owners.create(mine, ['sweep-later']);
  const input = { ...chosen, asOf: new Date(preview.asOf), deletionId: randomUUID() };
  const first = await deleteMatchingTokens(owners.db, session, input);
  expect(first).toMatchObject({ ok: true, deleted: 1_000, more: true, receipt: { expired: 0 } });
  expect(await deleteMatchingTokens(owners.db, session, input)).toMatchObject({ deleted: 1_000, more: true });
  expect(await deleteMatchingTokens(owners.db, session, input)).toMatchObject({
    deleted: 199,
    more: false,
    inAll: 2_199,
  });
  const left = await owners.db.authenticationToken.findMany({ where: { name: { startsWith: 'sweep' } } });
  expect(left.map(({ name }) => name).sort()).toEqual(['sweep-7', 'sweep-later']);
  expect(await undoDeletion(owners.db, session, input)).toMatchObject({ restored: 2_199 });
});

test('two that delete the same at once leave none, and each is deleted once', async () => {
  await addMany('twice', 1_500);
  const { session, gatewayId } = mine;
  const chosen = { gatewayId, filter: filter('twice'), exceptIds: [], asOf: new Date() };
  const sweep = async () => {
    const input = { ...chosen, deletionId: randomUUID() };
    let deleted = 0;
    for (let more = true; more; ) {
      const part = await deleteMatchingTokens(owners.db, session, input);
      if (!part.ok) throw new Error(part.code);
      deleted += part.deleted;
      more = part.more;
    }
    return deleted;
  };
  const [one, other] = await Promise.all([sweep(), sweep()]);
  expect(one + other).toBe(1_500);
  expect(await owners.db.authenticationToken.count({ where: { name: { startsWith: 'twice' } } })).toBe(0);
  const audit = { action: 'token.deleted', subjectName: { startsWith: 'twice' } };
  expect(await owners.db.auditEvent.count({ where: audit })).toBe(1_500);
});

test("another account's tokens never match", async () => {
  await owners.create(theirs, ['foreign-match']);
  const input = { filter: filter('foreign-match'), exceptIds: [], asOf: new Date(), deletionId: randomUUID() };
  for (const gatewayId of [mine.gatewayId, theirs.gatewayId]) {
    const result = await deleteMatchingTokens(owners.db, mine.session, { ...input, gatewayId });
    expect(result).toMatchObject(
      gatewayId === mine.gatewayId ? { ok: true, deleted: 0, more: false } : { ok: false, code: 'gatewayNotFound' },
    );
  }
  expect(await owners.db.authenticationToken.count({ where: { name: 'foreign-match' } })).toBe(1);
});
