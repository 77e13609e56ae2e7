import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { deleteTokens } from './delete-tokens.ts';
import { findTokenByHash } from './find-token.ts';
import { findPastedToken, hashInBrowser } from './pasted-token.ts';
import { mask } from './queries.ts';
import { rotateToken } from './rotate-token.ts';

let owners: TokenOwners;
beforeAll(async () => {
  owners = await openTokenOwners();
});
afterAll(() => owners.close());

test('a pasted token is found by its hash in all gateways of the account, and in no other account', async () => {
  const { db, mine, theirs } = owners;
  const other = await owners.fixtures.addGateway(mine.session.accountId, 'whose');
  const { id, token } = await owners.fixtures.addToken({ accountId: mine.session.accountId, gatewayId: other.id });
  const pasted = findPastedToken(`curl -H 'Authorization: Bearer ${token}' …`);
  expect(pasted).toBe(token);
  const find = async (text: string, session = mine.session) => findTokenByHash(db, session, await hashInBrowser(text));
  const found = { id, gatewayName: 'whose', status: 'ACTIVE', secret: 'current' };
  expect(await find(token)).toMatchObject(found);
  expect(await find(token, theirs.session)).toBe(null);
  const masked = mask(token.slice(3, 7), token.slice(-4));
  const input = { gatewayId: other.id, id, masked, rotationId: randomUUID(), overlap: 'hour' as const };
  const rotated = await rotateToken(db, mine.session, input);
  if (!rotated.ok) throw new Error(rotated.code);
  expect(await find(token)).toMatchObject({
    ...found,
    secret: 'previous',
    masked: expect.stringContaining(token.slice(-4)),
  });
  await deleteTokens(db, mine.session, { gatewayId: other.id, ids: [id] });
  expect(await find(rotated.created.token)).toMatchObject({ ...found, status: 'DELETED' });
});
