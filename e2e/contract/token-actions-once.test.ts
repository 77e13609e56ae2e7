import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashToken } from '#lib/tokens/secret.ts';
import type { ConsoleClient } from '#testing/console-client.ts';
import { type Owner, openTokenActionStage, type TokenActionStage, WRONG_INPUTS } from '#testing/token-action-stage.ts';

let stage: TokenActionStage;
let mine: Owner;
let theirs: Owner;
beforeAll(async () => {
  stage = await openTokenActionStage();
  ({ mine, theirs } = stage);
});
afterAll(() => stage.close());

const at = ({ gatewayId }: Owner) => ({ gatewayId });

describe('findTokenAction', () => {
  const find = (by: ConsoleClient, input: unknown, headers?: Record<string, string | null>) =>
    stage.call(by, 'findTokenAction', input, headers);
  const hashOf = ({ token }: Owner) => hashToken(token.token).toString('hex');

  test("knows one's own token by its hash, and another account's not at all", async () => {
    expect((await find(stage.client, hashOf(mine))).text).toContain(`"name":"${mine.email}"`);
    expect((await find(stage.client, hashOf(theirs))).text).toContain('{"ok":true,"value":null}');
  });

  test('tells nothing without a session, or to another origin', async () => {
    expect((await find(stage.stranger, hashOf(mine))).text).toContain('{"ok":false,"code":"sessionEnded"}');
    for (const origin of [null, 'https://evil.example']) {
      expect((await find(stage.client, hashOf(mine), { origin })).status).toBe(403);
    }
  });

  test('takes nothing but a hash, the token itself least of all', async () => {
    for (const input of [...WRONG_INPUTS, {}, mine.token.token, `${hashOf(mine)}0`, hashOf(mine).toUpperCase()]) {
      expect((await find(stage.client, input)).text).toContain('"ok":false,"code":"invalid"');
    }
  });
});

describe('once and no more', () => {
  test('of 50 creations of one name at once, one makes a token', async () => {
    const creation = () => ({ ...at(mine), creationId: randomUUID(), names: ['made-once'], expiresAt: null });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => stage.call(stage.client, 'createTokensAction', creation())),
    );
    expect(answers.filter(({ text }) => text.includes('"ok":true'))).toHaveLength(1);
    expect(answers.filter(({ text }) => text.includes('"code":"nameTaken"'))).toHaveLength(49);
    expect(await stage.db.authenticationToken.count({ where: { ...at(mine), nameKey: 'made-once' } })).toBe(1);
  });

  test('a creation whose answer was lost is repeated: one token, and only the last secret is its', async () => {
    const input = { ...at(mine), creationId: randomUUID(), names: ['made-again'], expiresAt: null };
    const answers = [];
    for (let sent = 0; sent < 3; sent++)
      answers.push((await stage.call(stage.client, 'createTokensAction', input)).text);
    const secrets = answers.map((text) => /lk_[0-9A-Za-z]{49}/.exec(text)?.[0] ?? '');
    expect(new Set(secrets).size).toBe(3);
    const rows = await stage.db.authenticationToken.findMany({ where: { ...at(mine), nameKey: 'made-again' } });
    expect(rows.map(({ hash }) => Buffer.from(hash))).toEqual([hashToken(secrets[2] ?? '')]);
  });

  test('a deletion by filter that is repeated goes on, and its undo has one effect', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `sweep-${index}`);
    for (const name of names) await stage.addToken(mine, name);
    const filter = { q: 'sweep-', status: '', unused: '' };
    const asOf = new Date().toISOString();
    const input = { ...at(mine), filter, exceptIds: [], asOf, deletionId: randomUUID() };
    const deletions = await Promise.all(
      Array.from({ length: 5 }, () => stage.call(stage.client, 'deleteMatchingTokensAction', input)),
    );
    const counts = deletions.map(({ text }) => Number(/"deleted":(\d+)/.exec(text)?.[1]));
    expect(counts.reduce((sum, count) => sum + count)).toBe(30);
    const undos = await Promise.all(
      Array.from({ length: 10 }, () => stage.call(stage.client, 'undoDeletionAction', input)),
    );
    expect(undos.filter(({ text }) => text.includes('"restored":30'))).toHaveLength(1);
    expect(undos.filter(({ text }) => text.includes('"code":"deletionNotFound"'))).toHaveLength(9);
    expect(await stage.db.authenticationToken.count({ where: { ...at(mine), name: { startsWith: 'sweep-' } } })).toBe(
      30,
    );
  });
});

test('no answer but that of a creation and a rotation holds a secret, and none a hash', async () => {
  const { id, token } = mine.token;
  const changes = [
    ['setTokenStatusAction', { ...at(mine), ids: [id], status: 'DISABLED' }],
    ['setTokenExpiryAction', { ...at(mine), ids: [id], expiresAt: '2099-01-01T00:00:00Z' }],
    ['previewDeletionAction', { ...at(mine), ids: [id] }],
    ['readLastUsesAction', { ...at(mine), ids: [id] }],
    ['findTokenAction', hashToken(token).toString('hex')],
    ['deleteTokensAction', { ...at(mine), ids: [id] }],
    ['undoDeletionAction', { ...at(mine), deletionId: mine.deletionId }],
  ] as const;
  for (const [name, input] of changes) {
    const { text } = await stage.call(stage.client, name, input);
    expect([name, text]).toEqual([name, expect.stringContaining('"ok":true')]);
    expect(text).not.toMatch(/lk_[0-9A-Za-z]{49}/);
    expect(text).not.toContain(hashToken(token).toString('hex'));
    expect(text).not.toContain(token.slice(8, 40));
  }
});
