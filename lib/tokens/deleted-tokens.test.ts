import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { KEPT_COLUMNS } from './deleted-tokens.ts';

/** What a token has that its deletion and the undo of it leave behind, and why. */
const LEFT_BEHIND = [
  // Repeats a creation whose answer was lost. Whoever deletes a token has seen it.
  'creation_id',
  // Made by the database from others.
  'search_key',
  'status_rank',
];

let owners: TokenOwners;
beforeAll(async () => {
  owners = await openTokenOwners();
});
afterAll(() => owners.close());

const columnsSchema = z.array(z.object({ name: z.string(), type: z.string(), optional: z.string() }));

async function columnsOf(table: string) {
  const rows = await owners.db.$queryRaw`
    SELECT column_name::text AS name, udt_name::text AS type, is_nullable::text AS optional
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ${table}`;
  return columnsSchema.parse(rows).sort((a, b) => (a.name < b.name ? -1 : 1));
}

test('a deletion keeps every column of a token, but those that are left behind on purpose', async () => {
  const names = (await columnsOf('authentication_token')).map(({ name }) => name);
  expect([...KEPT_COLUMNS, ...LEFT_BEHIND].sort()).toEqual(names);
});

test('what is kept has the same types in both tables', async () => {
  const own = ['deletion_id', 'deleted_at'];
  const kept = (await columnsOf('authentication_token')).filter(({ name }) => !LEFT_BEHIND.includes(name));
  expect((await columnsOf('deleted_token')).filter(({ name }) => !own.includes(name))).toEqual(kept);
});
