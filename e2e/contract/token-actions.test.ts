import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_TOKENS, type Change, TOKEN_CHANGES } from '#testing/every-change.ts';
import { type Owner, openTokenActionStage, type TokenActionStage, WRONG_INPUTS } from '#testing/token-action-stage.ts';

/** Acceptance groups K and L for every action of the Authentication token tab. */
let stage: TokenActionStage;
let mine: Owner;
let theirs: Owner;
beforeAll(async () => {
  stage = await openTokenActionStage();
  ({ mine, theirs } = stage);
});
afterAll(() => stage.close());

const at = ({ gatewayId }: Owner) => ({ gatewayId });

/** Every action that tells something of a gateway's tokens. */
const reads: Change[] = [
  ['previewDeletionAction', (owner) => ({ ...at(owner), ids: [owner.token.id] })],
  ['previewMatchingAction', (owner) => ({ ...at(owner), filter: ALL_TOKENS, exceptIds: [] })],
  ['readLastUsesAction', (owner) => ({ ...at(owner), ids: [owner.token.id] })],
];

/** Those whose input names no token: through one's own gateway it is nobody else's. */
const NAMELESS = ['createTokensAction', 'deleteMatchingTokensAction', 'previewMatchingAction'];

/** What is wrong elsewhere, and right here. */
const isRight = (key: string, value: unknown) =>
  (key === 'expiresAt' && value === null) || (key === 'exceptIds' && Array.isArray(value));

/** All that an action could have changed. */
async function readAll(owner: Owner) {
  const { db } = stage;
  const where = { accountId: owner.accountId };
  return {
    tokens: await db.authenticationToken.findMany({ where, orderBy: { id: 'asc' } }),
    deleted: await db.deletedToken.findMany({ where }),
    audit: await db.auditEvent.count({ where }),
  };
}

describe.each([...TOKEN_CHANGES, ...reads])('%s', (name, inputFor) => {
  test('changes and tells nothing without a session', async () => {
    const before = await readAll(mine);
    const answer = await stage.call(stage.stranger, name, inputFor(mine));
    expect(answer.text).toContain('{"ok":false,"code":"sessionEnded"}');
    expect(await readAll(mine)).toEqual(before);
  });

  test("changes and tells nothing of another account's, by its gateway", async () => {
    const before = await readAll(theirs);
    const { status, text } = await stage.call(stage.client, name, inputFor(theirs));
    expect(status).toBe(200);
    expect(text).toMatch(/"ok":false,"code":"(tokensNotFound|gatewayNotFound|deletionNotFound)"/);
    expect(text).not.toContain(theirs.email);
    expect(await readAll(theirs)).toEqual(before);
  });

  test.each([null, 'https://evil.example'])('with the Origin %s is 403 and changes nothing', async (origin) => {
    const before = await readAll(mine);
    expect((await stage.call(stage.client, name, inputFor(mine), { origin })).status).toBe(403);
    expect(await readAll(mine)).toEqual(before);
  });

  test('an input that no page sends is refused in words', async () => {
    const before = await readAll(mine);
    const good = inputFor(mine);
    const inputs = [
      ...WRONG_INPUTS,
      ...Object.keys(good).flatMap((key) =>
        WRONG_INPUTS.filter((value) => !isRight(key, value)).map((value) => ({ ...good, [key]: value })),
      ),
    ];
    for (const input of inputs) {
      const { status, text } = await stage.call(stage.client, name, input);
      expect([JSON.stringify(input).slice(0, 80), status]).toEqual([JSON.stringify(input).slice(0, 80), 200]);
      expect([JSON.stringify(input).slice(0, 80), text]).toEqual([
        JSON.stringify(input).slice(0, 80),
        expect.stringContaining('"ok":false,"code":"invalid"'),
      ]);
    }
    expect(await readAll(mine)).toEqual(before);
  });
});

describe.each([...TOKEN_CHANGES, ...reads].filter(([name]) => !NAMELESS.includes(name)))('%s', (name, inputFor) => {
  test("changes and tells nothing of another account's, through one's own", async () => {
    const before = await readAll(theirs);
    const { status, text } = await stage.call(stage.client, name, { ...inputFor(theirs), ...at(mine) });
    expect(status).toBe(200);
    expect(text).toMatch(/"code":"(tokensNotFound|deletionNotFound)"|"value":\[\]|"value":\{"tokens":0,/);
    expect(text).not.toContain(theirs.email);
    expect(await readAll(theirs)).toEqual(before);
  });
});

test("a name that looks like another is told of one's own gateway, and of no other", async () => {
  const input = { ...at(mine), creationId: crypto.randomUUID(), expiresAt: null };
  await stage.addToken(theirs, 'twin-0');
  const { gatewayId, accountId } = await stage.addGateway('second-gateway');
  await stage.addToken({ ...mine, gatewayId, accountId }, 'twin-0');
  const made = await stage.call(stage.client, 'createTokensAction', { ...input, names: ['twin-O'] });
  expect(made.text).toContain('"ok":true');
  const again = { ...input, creationId: crypto.randomUUID(), names: ['twin-0'] };
  const before = await readAll(mine);
  const told = await stage.call(stage.client, 'createTokensAction', again);
  expect(told.text).toContain('"ok":false,"code":"looksAlike","twins":[{"name":"twin-0","twin":"twin-O"');
  expect(await readAll(mine)).toEqual(before);
  const meant = await stage.call(stage.client, 'createTokensAction', { ...again, evenIfAlike: true });
  expect(meant.text).toContain('"ok":true');
});
