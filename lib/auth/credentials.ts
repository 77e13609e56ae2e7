import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PrismaClient } from '#prisma/client.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { Credentials } from './schema.ts';

export type SignedInUser = { id: string; accountId: number; email: string; sessionVersion: number };

export type CheckedCredentials =
  | { right: true; user: SignedInUser }
  /** With the user whose password this was not, if the address is anybody's. */
  | { right: false; user: SignedInUser | null };

// Made as the module loads, so that the first unknown user does not wait for it and stand out.
const decoyHash = hashPassword(randomUUID());

/**
 * Whether the password is that of the user with this address. An unknown user, a wrong password and a disabled user all
 * cost one password check, so that time does not tell them apart (acceptance K5).
 */
export async function checkCredentials(db: PrismaClient, credentials: Credentials): Promise<CheckedCredentials> {
  const found = await db.user.findUnique({
    where: { email: credentials.email },
    select: { id: true, accountId: true, email: true, sessionVersion: true, passwordHash: true, disabledAt: true },
  });
  const decoy = await decoyHash;
  const fits = await verifyPassword(credentials.password, found?.passwordHash ?? decoy);
  if (!found) return { right: false, user: null };
  const { passwordHash: _passwordHash, disabledAt, ...user } = found;
  return { right: fits && disabledAt === null, user };
}

/** What a session cookie says, once it was decrypted. */
const claimsSchema = z.object({ sub: z.uuid(), sessionVersion: z.int() });

export type Session = {
  userId: string;
  accountId: number;
  email: string;
  sessionVersion: number;
};

/**
 * The session that a decrypted cookie stands for, as the database sees it now: null when the user is gone or disabled,
 * or when the session was ended since (acceptance K4).
 */
export async function findLiveSession(db: PrismaClient, claims: unknown): Promise<Session | null> {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return null;
  const { sub: id, sessionVersion } = parsed.data;
  const user = await db.user.findFirst({
    where: { id, sessionVersion, disabledAt: null },
    select: { accountId: true, email: true },
  });
  return user && { userId: id, sessionVersion, ...user };
}
