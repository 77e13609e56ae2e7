import papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTokenActionStage, type TokenActionStage } from '#testing/token-action-stage.ts';

let stage: TokenActionStage;
beforeAll(async () => {
  stage = await openTokenActionStage();
});
afterAll(() => stage.close());

const tokensOf = (gatewayId: string, query = '') => `/gateways/${gatewayId}/tokens/export${query}`;

/** Without the mark at its beginning, which clients take away as they read a text. */
const read = (csv: string) => papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;

test('the file has every token once, by age, however many pages there are, and nothing of a secret', async () => {
  const { gatewayId, accountId } = stage.mine;
  const secrets = await stage.addTokens(stage.mine, 2_500);
  const { status, headers, text } = await stage.client.ask(tokensOf(gatewayId));
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    200,
    'text/csv; charset=utf-8; header=present',
    'no-store',
  ]);
  const rows = read(text);
  const stored = await stage.db.authenticationToken.findMany({
    where: { gatewayId, accountId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  expect(rows.map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
  expect(rows[0]).toMatchObject({ name: stage.mine.email, status: 'ACTIVE', gateway: 'demo-gateway' });
  for (const { token } of secrets.slice(0, 50)) expect(text).not.toContain(token.slice(4, 12));
});

test('it has what the search and filters let through', async () => {
  const { gatewayId } = stage.mine;
  await stage.addToken(stage.mine, 'the one');
  await stage.db.authenticationToken.updateMany({
    where: { gatewayId, name: 'the one' },
    data: { status: 'DISABLED' },
  });
  for (const query of ['?q=THE%20ONE', '?status=DISABLED', '?q=one&status=DISABLED&page=9&size=10']) {
    expect(read((await stage.client.ask(tokensOf(gatewayId, query))).text).map(({ name }) => name)).toEqual([
      'the one',
    ]);
  }
  expect(read((await stage.client.ask(tokensOf(gatewayId, '?q=nothing-like-that'))).text)).toEqual([]);
});

test('the audit log is a file, too, the latest first', async () => {
  const rows = read((await stage.client.ask('/audit/export')).text);
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map(({ at }) => at)).toEqual(
    rows
      .map(({ at }) => at)
      .toSorted()
      .reverse(),
  );
  const signedIn = read((await stage.client.ask('/audit/export?action=user.signed_in')).text);
  expect(new Set(signedIn.map(({ action, actor }) => `${action} ${actor}`))).toEqual(
    new Set([`user.signed_in ${stage.mine.email}`]),
  );
  expect(JSON.stringify(rows)).not.toContain(stage.theirs.email);
});

test('a stranger and another account get nothing', async () => {
  for (const path of [tokensOf(stage.mine.gatewayId), '/audit/export']) {
    const { status, text } = await stage.stranger.ask(path);
    expect([path, status, text]).toEqual([path, 401, '']);
  }
  for (const id of [stage.theirs.gatewayId, 'no-id', '%00']) {
    const { status, text } = await stage.client.ask(tokensOf(id));
    expect([id, status]).toEqual([id, 404]);
    expect(text).not.toContain(stage.theirs.email);
  }
});
