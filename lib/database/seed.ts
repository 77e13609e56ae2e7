import { randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from '#lib/auth/password.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { displayCharsOf, generateToken, hashToken } from '#lib/tokens/secret.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';

const FIRST_ACCOUNT_ID = 123_456;
const DEMO_GATEWAY = 'demo-gateway';
/** The demo upstream takes any. */
const DEMO_KEY = 'demo-upstream-key';
const DEMO_TOKEN_NAME = 'token-user01';

export const DEMO_GATEWAY_SLUG = `user-${FIRST_ACCOUNT_ID}-${DEMO_GATEWAY}`;

/** What the first run made and nobody can read again. */
export type FirstRun = {
  /** Null when the password was given, and so is known. */
  madePassword: string | null;
  /** Null without the demo. */
  demoToken: string | null;
};

type SeedOptions = {
  adminEmail: string;
  adminPassword: string | undefined;
  demo: boolean;
  /** `LATCHKEY_SECRET`. */
  secret: string;
};

/**
 * Makes the first account and its admin and, with `demo`, a gateway that the demo upstream answers and a token for
 * it: all or nothing, and only in a database that has no account.
 *
 * @returns null when there was an account already.
 */
export async function seedFirstRun(db: PrismaClient, options: SeedOptions): Promise<FirstRun | null> {
  const password = options.adminPassword ?? randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    // Two processes that start at once must not both find an empty database.
    await tx.$executeRaw`LOCK TABLE account IN EXCLUSIVE MODE`;
    if (await tx.account.findFirst()) return null;
    await tx.account.create({ data: { id: FIRST_ACCOUNT_ID } });
    await tx.user.create({ data: { accountId: FIRST_ACCOUNT_ID, email: options.adminEmail, passwordHash } });
    return {
      madePassword: options.adminPassword === undefined ? password : null,
      demoToken: options.demo ? await seedDemo(tx, options.secret) : null,
    };
  });
}

/** Tells the gateways that use the demo upstream where it listens this time. */
export async function pointDemoProvidersAt(db: PrismaClient, baseUrl: string): Promise<void> {
  await db.provider.updateMany({ where: { demo: true }, data: { baseUrl } });
}

async function seedDemo(tx: Prisma.TransactionClient, secret: string): Promise<string> {
  const gateway = await tx.gateway.create({
    data: { accountId: FIRST_ACCOUNT_ID, name: DEMO_GATEWAY, slug: DEMO_GATEWAY_SLUG },
  });
  const providerId = randomUUID();
  const models = ['deepseek-chat', 'deepseek-reasoner'].map((name) => ({ name }));
  await tx.provider.create({
    data: {
      id: providerId,
      gatewayId: gateway.id,
      kind: 'deepseek',
      ...openKeyRing(secret).seal(DEMO_KEY, providerId),
      keyLastChars: DEMO_KEY.slice(-4),
      demo: true,
      models: { create: models },
    },
  });
  const token = generateToken();
  await tx.authenticationToken.create({
    data: {
      ...displayCharsOf(token),
      accountId: FIRST_ACCOUNT_ID,
      gatewayId: gateway.id,
      name: DEMO_TOKEN_NAME,
      nameKey: DEMO_TOKEN_NAME,
      hash: hashToken(token),
    },
  });
  return token;
}
