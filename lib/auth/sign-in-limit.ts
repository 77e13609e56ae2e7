import { hash } from 'node:crypto';
import type { PrismaClient } from '#prisma/client.ts';
import { type CountedAttempt, type Counter, countAttempt, uncountAttempt, waitOf } from './attempt-counters.ts';
import type { SignInNetwork } from './sign-in-network.ts';

/** For one account from one network (acceptance K5), and from one browser. */
export const MOST_WRONG_PASSWORDS = 10;
/** For one account from all networks together. */
export const MOST_WRONG_FOR_ACCOUNT = 20;
/** From one network, for whatever accounts: an IPv4 address, or 64 bits of IPv6. */
export const MOST_WRONG_FROM_NETWORK = 30;
/** From the 48 bits of IPv6 that one customer has. */
const MOST_WRONG_FROM_SITE = 100;
/** From all the browsers together in which an account's user has signed in before. */
export const MOST_WRONG_FROM_BROWSERS = 30;
/** From everywhere, for whatever accounts. */
const MOST_WRONG_AT_ALL = 300;

export const LOCK_SECONDS = 15 * 60;

/** How often an attempt that met a lock is looked at nevertheless, for one account from one network. */
const LOOK_EVERY_SECONDS = 3;

/**
 * Accounts are counted in so many groups, by a hash of the typed address: whether it is anybody's is the same to this,
 * and guessing addresses fills the table no further.
 */
const ACCOUNT_GROUPS = 1_024;

/** An attempt from an unknown address is from "nowhere", which is one network. */
export type Attempt = { email: string; from: SignInNetwork | null };

/** Counts wrong passwords in the database, and so for all processes of the console together. */
export class SignInLimit {
  readonly #db: PrismaClient;

  constructor(db: PrismaClient) {
    this.#db = db;
  }

  /** For how many seconds none is allowed; 0 when one is. */
  wait(attempt: Attempt): Promise<number> {
    return waitOf(this.#db, countersOf(attempt));
  }

  /** Counts an attempt before its password is checked, so that many at once gain nothing. */
  count(attempt: Attempt): Promise<CountedAttempt> {
    return countAttempt(this.#db, countersOf(attempt));
  }

  /** The password was right: the attempt does not count, nor those before it for this account from this network. */
  async forget(attempt: Attempt): Promise<void> {
    const [own, ...shared] = countersOf(attempt);
    await uncountAttempt(this.#db, shared);
    await this.#db.signInAttempts.deleteMany({ where: { key: own.key } });
  }

  /** As `count`, from a browser in which this user has signed in before. */
  countKnownBrowser(browserId: string, email: string): Promise<CountedAttempt> {
    return countAttempt(this.#db, countersOfBrowser(browserId, email));
  }

  async forgetKnownBrowser(browserId: string, email: string): Promise<void> {
    const [own, shared] = countersOfBrowser(browserId, email);
    await uncountAttempt(this.#db, [shared]);
    await this.#db.signInAttempts.deleteMany({ where: { key: own.key } });
  }

  /** Counts a look at an attempt that met a lock. */
  countLook(attempt: Attempt): Promise<CountedAttempt> {
    return countAttempt(this.#db, [{ key: lookKeyOf(attempt), most: 1, seconds: LOOK_EVERY_SECONDS }]);
  }
}

/** What a full counter locks. */
export type Locked = 'account' | 'network' | 'all' | 'browser';

/** What is locked by these keys being full. */
export function lockedBy(keys: readonly string[]): Locked[] {
  return (['account', 'network', 'all', 'browser'] as const).filter((kind) =>
    keys.some((key) => key.split(':')[0] === kind),
  );
}

/** Names for whom `countLook` counts. */
export function lookKeyOf({ email, from }: Attempt): string {
  return `look:${groupOf(email)}:${from?.network ?? 'nowhere'}`;
}

function countersOf({ email, from }: Attempt): [own: Counter, ...shared: Counter[]] {
  const network = from?.network ?? 'nowhere';
  const group = groupOf(email);
  const counter = (key: string, most: number): Counter => ({ key, most, seconds: LOCK_SECONDS });
  return [
    counter(`account:${group}:${network}`, MOST_WRONG_PASSWORDS),
    counter(`account:${group}`, MOST_WRONG_FOR_ACCOUNT),
    counter(`network:${network}`, MOST_WRONG_FROM_NETWORK),
    ...(from?.site ? [counter(`network:${from.site}`, MOST_WRONG_FROM_SITE)] : []),
    counter('all', MOST_WRONG_AT_ALL),
  ];
}

/** Together, too: whoever knew a password once can have made a browser known as often as they liked. */
function countersOfBrowser(id: string, email: string): [own: Counter, shared: Counter] {
  return [
    { key: `browser:${id}`, most: MOST_WRONG_PASSWORDS, seconds: LOCK_SECONDS },
    { key: `browser:all:${groupOf(email)}`, most: MOST_WRONG_FROM_BROWSERS, seconds: LOCK_SECONDS },
  ];
}

function groupOf(email: string): number {
  return Number.parseInt(hash('sha256', email, 'hex').slice(0, 8), 16) % ACCOUNT_GROUPS;
}
