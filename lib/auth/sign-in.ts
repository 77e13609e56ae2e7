import type { PrismaClient } from '#prisma/client.ts';
import { checkCredentials, type SignedInUser } from './credentials.ts';
import { openKnownBrowser, sealKnownBrowser } from './known-browser.ts';
import { isKnownNetwork, isKnownTo, rememberNetwork } from './known-networks.ts';
import { LockedLooks } from './locked-looks.ts';
import { PasswordQueue, QueueFullError } from './password-queue.ts';
import { type Credentials, credentialsSchema } from './schema.ts';
import { type Attempt, SignInLimit } from './sign-in-limit.ts';
import { signInNetworkOf } from './sign-in-network.ts';

/** Who asks to be signed in, as far as it can be known. */
export type Visitor = {
  /** The client's address; empty where it is not known. */
  address: string;
  /** What `SignInResult` told this browser to keep. */
  browser?: string | undefined;
};

export type SignInResult =
  /** `browser` is for the browser to keep, and to show the next time. */
  | { user: SignedInUser; browser: string }
  | { refused: 'wrongCredentials' }
  /** Too many wrong passwords. */
  | { refused: 'locked'; retryAfterSeconds: number }
  /** Too many ask at once. */
  | { refused: 'busy' };

/** One for a process: it knows how much is asked of it at once. */
export class SignIns {
  readonly #db: PrismaClient;
  readonly #limit: SignInLimit;
  readonly #queue: PasswordQueue;
  readonly #looks: LockedLooks;
  readonly #browserKey: Buffer;

  /** @param browserKey derived for `known-browser`. */
  constructor(db: PrismaClient, browserKey: Buffer, queue = new PasswordQueue()) {
    this.#db = db;
    this.#limit = new SignInLimit(db);
    this.#looks = new LockedLooks(this.#limit);
    this.#queue = queue;
    this.#browserKey = browserKey;
  }

  /**
   * Signs in whoever `input` (e-mail and password, unparsed) belongs to, unless too many wrong passwords came before:
   * for that e-mail, from there, or at all. See `docs/decisions/sign-in-lock.md`.
   */
  async signIn(input: unknown, visitor: Visitor): Promise<SignInResult> {
    const credentials = credentialsSchema.safeParse(input);
    if (!credentials.success) return { refused: 'wrongCredentials' };
    try {
      return await this.#try(credentials.data, visitor);
    } catch (error) {
      if (error instanceof QueueFullError) return { refused: 'busy' };
      throw error;
    }
  }

  async #try(credentials: Credentials, visitor: Visitor): Promise<SignInResult> {
    const attempt: Attempt = { email: credentials.email, from: signInNetworkOf(visitor.address) };
    const browserId = openKnownBrowser(this.#browserKey, visitor.browser, credentials.email);
    const byBrowser = browserId === null ? null : await this.#tryFromKnownBrowser(credentials, attempt, browserId);
    if (byBrowser !== null) return byBrowser;
    // Asked before queueing, so that who is locked takes nobody's place.
    const locked = await this.#limit.wait(attempt);
    if (locked > 0) return this.#tryDespiteLock(credentials, attempt, locked);
    const counted = await this.#queue.run(async () => {
      const { waitSeconds } = await this.#limit.count(attempt);
      return waitSeconds > 0 ? { waitSeconds } : this.#check(credentials);
    });
    if ('waitSeconds' in counted) return this.#tryDespiteLock(credentials, attempt, counted.waitSeconds);
    if (!counted.right) return { refused: 'wrongCredentials' };
    await this.#limit.forget(attempt);
    return this.#welcome(counted.user, attempt);
  }

  /** Null when it has used up its own wrong passwords: then it counts as any other. */
  async #tryFromKnownBrowser(credentials: Credentials, attempt: Attempt, browserId: string) {
    const counted = await this.#queue.run(async () => {
      const { waitSeconds } = await this.#limit.countKnownBrowser(browserId);
      return waitSeconds > 0 ? null : this.#check(credentials);
    });
    if (counted === null) return null;
    if (!counted.right) return { refused: 'wrongCredentials' } as const;
    await this.#limit.forgetKnownBrowser(browserId);
    return this.#welcome(counted.user, attempt);
  }

  /**
   * Who signs in from there anyway is let in by the right password. To all others it is the same whether it was right,
   * and whether the account exists: nothing but the lock is told, after the same work.
   */
  async #tryDespiteLock(credentials: Credentials, attempt: Attempt, waitSeconds: number): Promise<SignInResult> {
    const locked = { refused: 'locked', retryAfterSeconds: waitSeconds } as const;
    const network = attempt.from?.network;
    if (network === undefined || !(await isKnownNetwork(this.#db, network))) return locked;
    if (!(await this.#looks.turn(attempt))) return locked;
    const checked = await this.#queue.run(() => this.#check(credentials));
    if (!checked.right || !(await isKnownTo(this.#db, checked.user, network))) return locked;
    return this.#welcome(checked.user, attempt);
  }

  async #welcome(user: SignedInUser, { from }: Attempt): Promise<SignInResult> {
    if (from) await rememberNetwork(this.#db, user.id, from.network);
    return { user, browser: sealKnownBrowser(this.#browserKey, user.email) };
  }

  #check(credentials: Credentials) {
    return checkCredentials(this.#db, credentials);
  }
}
