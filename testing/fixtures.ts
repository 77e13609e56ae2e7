import { randomInt, randomUUID } from 'node:crypto';
import { hashPassword } from '#lib/auth/password.ts';
import type { ProviderKind } from '#lib/providers/catalog.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { awaitReceipt } from '#lib/revocation/await-receipt.ts';
import { displayCharsOf, generateToken, hashToken } from '#lib/tokens/secret.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { openPatientDb } from './patient-db.ts';

/** Any valid secret will do in tests, and it is no secret. */
export const TEST_SECRET = Buffer.alloc(32, 'latchkey-test').toString('base64');

export type Fixtures = ReturnType<typeof openFixtures>;

/** Puts rows into a test database, as the console would. */
export function openFixtures(databaseUrl: string, secret = TEST_SECRET) {
  const db = openPatientDb(databaseUrl);
  return {
    db,
    close: () => db.$disconnect(),
    /** Waits until every proxy goes by what was changed in the database. */
    settle: () => awaitReceipt(db),
    addAccount: (id = randomInt(100_000, 2 ** 31)) => db.account.create({ data: { id } }),
    addUser: (accountId: number, email: string, password: string) => addUser(db, accountId, email, password),
    addGateway: (accountId: number, name: string) =>
      db.gateway.create({ data: { accountId, name, slug: `user-${accountId}-${name}`.toLowerCase() } }),
    addProvider: (options: ProviderOptions) => addProvider(db, secret, options),
    addToken: (options: TokenOptions) => addToken(db, options),
    addTokens: (options: Omit<TokenOptions, 'name'>, count: number) => addTokens(db, options, count),
  };
}

type ProviderOptions = {
  gatewayId: string;
  kind: ProviderKind;
  baseUrl?: string;
  headerName?: string;
  /** The provider's key; null when the client brings its own. */
  key: string | null;
  models: string[];
  /** Whether tokens may call what administers the provider's account. */
  opensManagement?: boolean;
};

type TokenOptions = {
  accountId: number;
  gatewayId: string;
  name?: string;
  status?: 'ACTIVE' | 'DISABLED';
  expiresAt?: Date;
};

async function addUser(db: PrismaClient, accountId: number, email: string, password: string) {
  return db.user.create({ data: { accountId, email, passwordHash: await hashPassword(password) } });
}

/** Returns when every proxy knows it. */
async function addProvider(db: PrismaClient, secret: string, { key, models, ...rest }: ProviderOptions) {
  const id = randomUUID();
  const row = await db.provider.create({
    data: {
      id,
      ...rest,
      ...(key !== null && { ...openKeyRing(secret).seal(key, id), keyLastChars: key.slice(-4) }),
      models: { create: models.map((name) => ({ name })) },
    },
  });
  await awaitReceipt(db);
  return row;
}

/** Returns the row's id and the token itself. */
async function addToken(db: PrismaClient, options: TokenOptions) {
  const { token, row } = draftToken(options);
  const { id, name } = await db.authenticationToken.create({ data: row });
  return { id, name, token };
}

/** By one statement, which thousands do not make slow. Returns what `addToken` does, of each. */
async function addTokens(db: PrismaClient, options: TokenOptions, count: number) {
  const drafts = Array.from({ length: count }, () => draftToken(options));
  await db.authenticationToken.createMany({ data: drafts.map(({ row }) => row) });
  return drafts.map(({ token, row: { id, name } }) => ({ id, name, token }));
}

function draftToken({ name, ...rest }: TokenOptions) {
  const token = generateToken();
  const given = name ?? `token-${token.slice(3, 11)}`;
  const nameKey = given.normalize('NFC').toLowerCase();
  const own = { id: randomUUID(), name: given, nameKey, hash: hashToken(token), ...displayCharsOf(token) };
  return { token, row: { ...rest, ...own } };
}
