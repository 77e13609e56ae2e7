import type { ProxyContext } from '../context.ts';
import { isOwnAnswer, type OwnAnswer, refuse, refuseToken } from '../errors.ts';
import type { Eventually } from '../eventually.ts';
import type { CallRecord } from '../observe/call-record.ts';
import { isWithin, type Moment, thisMoment } from '../revocation/moment.ts';
import type { Credential } from './credentials.ts';
import { type Found, findAccess } from './find-access.ts';
import { type Grant, judgeAccess } from './judge-access.ts';

/**
 * For so long the database's word is gone by while there is no lease: nobody waits for this worker then, so each
 * moment of it is one in which a deletion is not known here. A look-up and a new connection usually take less.
 */
const WORD_COUNTS_MS = 1_500;

/** A worker that loses its lease at each answer of the database's is not to ask it for ever. */
const MOST_ASKED = 3;

type Context = Pick<ProxyContext, 'store' | 'membership'>;

/** What was found of one call's token, and whether that may still be gone by. */
export class TokenCheck {
  readonly #context: Context;
  readonly #slug: string;
  readonly #credential: Credential;
  readonly #record: CallRecord;
  #gatewayId: string | null = null;
  /** The gaps that the lease had had when it was asked. */
  #lapses = -1;
  /** When the store was asked without a lease, and so had to ask the database; null: there was one. */
  #askedAt: Moment | null = null;

  constructor(context: Context, slug: string, credential: Credential, record: CallRecord) {
    this.#context = context;
    this.#slug = slug;
    this.#credential = credential;
    this.#record = record;
  }

  /** Lets the call in, or says why not. */
  find(): Eventually<OwnAnswer | Grant> {
    const { store, membership } = this.#context;
    this.#lapses = membership.lapses;
    this.#askedAt = null;
    const finding = findAccess(store, this.#slug, this.#credential);
    if (!(finding instanceof Promise)) return this.#judge(finding);
    this.#askedAt = membership.isTrusted() ? null : thisMoment();
    return finding.then((found) => this.#judge(found));
  }

  #judge(found: Found): OwnAnswer | Grant {
    const access = judgeAccess(found, this.#slug, this.#credential, this.#record);
    if (!isOwnAnswer(access)) this.#gatewayId ??= access.gatewayId;
    return access;
  }

  /**
   * Whether the call may be sent in this very turn, and in no other: a worker may sleep between two turns, for seconds
   * or for days, and in the next one it takes up calls before it hears of what was deleted meanwhile.
   */
  holds(): boolean {
    const { membership } = this.#context;
    // After a lapse a change may be under way that the renewal was too early to read.
    if (membership.isTrusted()) return this.#lapses === membership.lapses;
    return this.#askedAt !== null && isWithin(this.#askedAt, WORD_COUNTS_MS);
  }

  /**
   * Asks again, until the answer holds in the turn in which it comes.
   *
   * @returns null: the call may go on.
   */
  async refuseNow(): Promise<OwnAnswer | null> {
    for (let asked = 0; asked < MOST_ASKED; asked++) {
      const access = await this.find();
      if (isOwnAnswer(access)) return access;
      // Another gateway may have got the name meanwhile; the call was led by what the first one connects to.
      if (access.gatewayId !== this.#gatewayId) return refuseToken(this.#slug, 'invalid_authentication_token');
      if (this.holds()) return null;
    }
    return refuse('authentication_unavailable');
  }
}
