import { hash } from 'node:crypto';
import { RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible';
import type { PrismaClient } from '#prisma/client.ts';

/** Acceptance K5. */
export const MOST_WRONG_PASSWORDS = 10;

const BLOCK_SECONDS = 15 * 60;

/** Whose attempts are counted together: one account from one address, so that nobody can lock out somebody else. */
export type Attempt = { email: string; address: string };

export type SignInLimit = {
  /** Counts an attempt before its password is checked; returns for how many seconds none is allowed, or 0. */
  count(attempt: Attempt): Promise<number>;
  /** Forgets what was counted: the password was right. */
  forget(attempt: Attempt): Promise<void>;
};

/** Counts in the database, and so for all processes of the console together. */
export function openSignInLimit(db: PrismaClient): SignInLimit {
  const limiter = new RateLimiterPrisma({
    storeClient: db,
    tableName: 'signInAttempts',
    tableCreated: true,
    keyPrefix: 'sign-in',
    points: MOST_WRONG_PASSWORDS,
    duration: BLOCK_SECONDS,
    blockDuration: BLOCK_SECONDS,
  });
  return {
    async count(attempt) {
      try {
        await limiter.consume(keyOf(attempt));
        return 0;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      }
    },
    async forget(attempt) {
      await limiter.delete(keyOf(attempt));
    },
  };
}

/** Hashed, because e-mail addresses that nobody registered need not be kept, and are of any length. */
function keyOf({ email, address }: Attempt): string {
  return hash('sha256', JSON.stringify([email, address]), 'base64url');
}
