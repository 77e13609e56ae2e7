import { logAccess, recordAccess } from '#lib/audit/record-access.ts';
import { logger } from '#lib/logger.ts';
import type { PrismaClient } from '#prisma/client.ts';
import type { CountedAttempt } from './attempt-counters.ts';
import { type CheckedCredentials, checkCredentials, type SignedInUser } from './credentials.ts';
import { openKnownBrowser, sealKnownBrowser } from './known-browser.ts';
import { isKnownNetwork, isKnownTo, rememberNetwork } from './known-networks.ts';
import { LockedLooks } from './locked-looks.ts';
import { PasswordQueue, QueueFullError } from './password-queue.ts';
import { recordFailure } from './record-failure.ts';
import { type Credentials, credentialsSchema } from './schema.ts';
import { type Attempt, lockedBy, SignInLimit } from './sign-in-limit.ts';
import { signInNetworkOf } from './sign-in-network.ts';
import { traceOf, type Visitor } from './visitor.ts';

export type SignInResult =
  /** `browser` is for the browser to keep, and to show the next time. */
  | { user: SignedInUser; browser: string }
  | { refused: 'wrongCredentials' }
  /** Too many wrong passwords. */
  | { refused: 'locked'; retryAfterSeconds: number }
  /** Too many ask at once. */
  | { refused: 'busy' };

type SignInsOptions = {
  /** Derived for `known-browser`. */
  browserKey: Buffer;
  queue?: PasswordQueue;
  /**
   * Does what need not be done before the answer. What only happens where an account exists must not delay it: time would
   * tell them apart.
   */
  defer?: (work: () => Promise<void>) => void;
};

/** What is asked with: somebody's credentials, whose attempts count together, and who it was. */
type Asked = { credentials: Credentials; attempt: Attempt; visitor: Visitor };

type Counted = { waitSeconds: number } | (CountedAttempt & { checked: CheckedCredentials });

/** One for a process: it knows how much is asked of it at once. */
export class SignIns {
  readonly #db: PrismaClient;
  readonly #limit: SignInLimit;
  readonly #queue: PasswordQueue;
  readonly #looks: LockedLooks;
  readonly #browserKey: Buffer;
  readonly #defer: (work: () => Promise<void>) => void;

  constructor(
    db: PrismaClient,
    { browserKey, queue = new PasswordQueue(), defer = (work) => void work() }: SignInsOptions,
  ) {
    this.#db = db;
    this.#limit = new SignInLimit(db);
    this.#looks = new LockedLooks(this.#limit);
    this.#queue = queue;
    this.#browserKey = browserKey;
    this.#defer = defer;
  }

  /**
   * Signs in whoever `input` (e-mail and password, unparsed) belongs to, unless too many wrong passwords came before:
   * for that e-mail, from there, or at all. See `docs/decisions/sign-in-lock.md`. Leaves a trace, whatever the result.
   */
  async signIn(input: unknown, visitor: Visitor): Promise<SignInResult> {
    const parsed = credentialsSchema.safeParse(input);
    if (!parsed.success) return { refused: 'wrongCredentials' };
    const credentials = parsed.data;
    const attempt: Attempt = { email: credentials.email, from: signInNetworkOf(visitor.address) };
    const result = await this.#try({ credentials, attempt, visitor }).catch(refuseWhenFull);
    if ('refused' in result && result.refused !== 'wrongCredentials') {
      logAccess('user.sign_in_refused', traceOf(visitor), { why: result.refused });
    }
    return result;
  }

  async #try(asked: Asked): Promise<SignInResult> {
    const { credentials, attempt, visitor } = asked;
    const browserId = openKnownBrowser(this.#browserKey, visitor.browser, credentials.email);
    const byBrowser = browserId === null ? null : await this.#tryFromKnownBrowser(asked, browserId);
    if (byBrowser !== null) return byBrowser;
    // Asked before queueing, so that who is locked takes nobody's place.
    const waitSeconds = await this.#limit.wait(attempt);
    if (waitSeconds > 0) return this.#tryDespiteLock(asked, waitSeconds);
    const counted = await this.#countAndCheck(asked, () => this.#limit.count(attempt));
    if (!('checked' in counted)) return this.#tryDespiteLock(asked, counted.waitSeconds);
    if (!counted.checked.right) return this.#refuseWrong(asked, counted.checked.user, counted.filledKeys);
    await this.#limit.forget(attempt);
    return this.#welcome(asked, counted.checked.user);
  }

  /** Null when it has used up its own wrong passwords: then it counts as any other. */
  async #tryFromKnownBrowser(asked: Asked, browserId: string): Promise<SignInResult | null> {
    const counted = await this.#countAndCheck(asked, () =>
      this.#limit.countKnownBrowser(browserId, asked.credentials.email),
    );
    if (!('checked' in counted)) return null;
    if (!counted.checked.right) return this.#refuseWrong(asked, counted.checked.user, counted.filledKeys);
    await this.#limit.forgetKnownBrowser(browserId, asked.credentials.email);
    return this.#welcome(asked, counted.checked.user);
  }

  /**
   * Who signs in from there anyway is let in by the right password. To all others it is the same whether it was right,
   * and whether the account exists: nothing but the lock is told, after the same work.
   */
  async #tryDespiteLock(asked: Asked, waitSeconds: number): Promise<SignInResult> {
    const { credentials, attempt } = asked;
    const locked = { refused: 'locked', retryAfterSeconds: waitSeconds } as const;
    const network = attempt.from?.network;
    if (network === undefined || !(await isKnownNetwork(this.#db, network))) return locked;
    if (!(await this.#looks.turn(attempt))) return locked;
    const checked = await this.#queue.run(() => checkCredentials(this.#db, credentials));
    if (!checked.right || !(await isKnownTo(this.#db, checked.user, network))) return locked;
    return this.#welcome(asked, checked.user);
  }

  #countAndCheck({ credentials }: Asked, count: () => Promise<CountedAttempt>): Promise<Counted> {
    return this.#queue.run(async () => {
      const counted = await count();
      if (counted.waitSeconds > 0) return counted;
      return { ...counted, checked: await checkCredentials(this.#db, credentials) };
    });
  }

  #refuseWrong({ visitor }: Asked, user: SignedInUser | null, filledKeys: string[]): SignInResult {
    this.#defer(() =>
      recordFailure(this.#db, user, traceOf(visitor), lockedBy(filledKeys)).catch((error: unknown) =>
        logger.error({ err: error }, 'a wrong password could not be recorded'),
      ),
    );
    return { refused: 'wrongCredentials' };
  }

  async #welcome({ attempt, visitor }: Asked, user: SignedInUser): Promise<SignInResult> {
    if (attempt.from) await rememberNetwork(this.#db, user.id, attempt.from.network);
    await recordAccess(this.#db, 'user.signed_in', user, traceOf(visitor));
    return { user, browser: sealKnownBrowser(this.#browserKey, user.email) };
  }
}

function refuseWhenFull(error: unknown): SignInResult {
  if (error instanceof QueueFullError) return { refused: 'busy' };
  throw error;
}
