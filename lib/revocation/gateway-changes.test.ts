import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

/** What proxies do not go by, so that its changes need not reach them. */
const NOT_HEARD_OF = ['id', 'account_id', 'name', 'last_request_at', 'created_at'];

/** A change of each other column of a gateway. */
const CHANGES: Record<string, string> = {
  slug: "slug = slug || '-2'",
  status: "status = 'DISABLED'",
  authenticated: 'authenticated = NOT authenticated',
  objects_by_token: 'objects_by_token = NOT objects_by_token',
  cors_origins: "cors_origins = '{https://app.example.com}'",
};

let fixtures: Fixtures;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
});
afterAll(() => fixtures.close());

test('every column of a gateway is one that proxies hear of, or is known to be none', async () => {
  const columns = await fixtures.db.$queryRaw<{ column_name: string }[]>`
    SELECT column_name FROM information_schema.columns WHERE table_name = 'gateway' AND table_schema = 'public'`;
  expect(columns.map(({ column_name }) => column_name).sort()).toEqual(
    [...NOT_HEARD_OF, ...Object.keys(CHANGES)].sort(),
  );
});

test.each(Object.keys(CHANGES))('a changed %s of a gateway is published', async (column) => {
  const account = await fixtures.addAccount();
  const { id } = await fixtures.addGateway(account.id, 'gateway');
  await fixtures.db.$executeRawUnsafe(`UPDATE gateway SET ${CHANGES[column]} WHERE id = '${id}'`);
  expect(await fixtures.db.changeEvent.count({ where: { subjectId: id, kind: 'gateway' } })).toBe(1);
});
