import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { checkCredentials } from './credentials.ts';
import { describeUsers, setPassword } from './set-password.ts';

const DEFAULT = 'admin@latchkey.local';

let fixtures: Fixtures;
let accountId: number;
beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  accountId = (await fixtures.addAccount()).id;
});
afterAll(() => fixtures.close());

async function describeRefusal(): Promise<string> {
  const refusal = await setPassword(fixtures.db, DEFAULT, 'battery staple');
  return refusal ? describeUsers(refusal) : 'not refused';
}

test('an address that is nobody’s is not named: the addresses are that are somebody’s, ten at most', async () => {
  expect(await describeRefusal()).toBe('There are no users yet: the first start makes one.');
  await fixtures.addUser(accountId, 'a@example.com', 'correct horse');
  expect(await describeRefusal()).toBe('ADMIN_EMAIL must be the address of a user: a@example.com.');
  await fixtures.addUser(accountId, 'b@example.com', 'correct horse');
  expect(await describeRefusal()).toBe('ADMIN_EMAIL must be the address of a user: a@example.com, b@example.com.');
  for (let i = 0; i < 10; i++) await fixtures.addUser(accountId, `c${i}@example.com`, 'correct horse');
  expect(await describeRefusal()).toMatch(/^ADMIN_EMAIL must be .*: a@example\.com, .*c7@example\.com, 2 more\.$/);
});

test('the password is set, the user enabled, their sessions ended, and it leaves a trace', async () => {
  const { id } = await fixtures.addUser(accountId, 'd@example.com', 'correct horse');
  await fixtures.db.user.update({ where: { id }, data: { disabledAt: new Date() } });
  expect(await setPassword(fixtures.db, 'd@example.com', 'battery staple')).toBeNull();
  const checked = await checkCredentials(fixtures.db, { email: 'd@example.com', password: 'battery staple' });
  expect(checked).toMatchObject({ right: true, user: { id, sessionVersion: 2 } });
  expect(await fixtures.db.auditEvent.findMany({ where: { subjectId: id } })).toMatchObject([
    { actor: 'system', action: 'user.password_changed', subjectName: 'd@example.com', accountId, network: null },
  ]);
});
