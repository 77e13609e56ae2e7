import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { logger } from '#lib/logger.ts';
import { elapsedMsSince, isWithin, type Moment, NEVER, thisMoment } from './moment.ts';

/** On which the triggers of the database notify, whatever wrote the change. */
const CHANGE_CHANNEL = 'latchkey_change';

const LEASE_MS = 1_500;
/** Our own view of the lease is shorter, for clocks that run at slightly different speeds. */
const TRUSTED_FOR_MS = LEASE_MS - 100;
const RENEW_EVERY_MS = 500;
const QUERY_TIMEOUT_MS = 900;
/** Shorter: a renewal that is given up here is not made there later. */
const STATEMENT_TIMEOUT_MS = 800;
const RECONNECT_AFTER_MS = 200;
const TIDY_EVERY_MS = 60_000;
/** Change events are kept for a day; whoever was away for half of it may have missed some. */
const GAP_AFTER_MS = 12 * 60 * 60 * 1_000;

/** Renews the lease, acknowledges what was applied ($2; null at first), and reads what is new, in one round trip. */
const RENEW = `
  WITH renewed AS (
    INSERT INTO proxy_member (id, lease_until, applied_event_id)
    VALUES ($1, clock_timestamp() + $3 * interval '1 millisecond',
      coalesce($2, (SELECT coalesce(max(id), 0) FROM change_event)))
    ON CONFLICT (id) DO UPDATE
      SET lease_until = excluded.lease_until, applied_event_id = excluded.applied_event_id
    RETURNING applied_event_id
  )
  SELECT applied_event_id::text AS applied, (SELECT last_value FROM change_event_id_seq)::text AS last,
    ARRAY(SELECT json_build_object('id', id::text, 'kind', kind, 'subjectId', subject_id, 'revoked', revoked,
        'ageMs', (extract(epoch FROM clock_timestamp() - at) * 1000)::float8)
      FROM change_event WHERE id > applied_event_id ORDER BY id LIMIT 10000) AS events
  FROM renewed`;

const LEAVE = 'DELETE FROM proxy_member WHERE id = $1';

const TIDY = `
  WITH gone AS (DELETE FROM proxy_member WHERE lease_until < now() - interval '1 hour')
  SELECT forget_old_changes()`;

const changeSchema = z.object({
  id: z.string().transform(BigInt),
  /** `token`, `gateway`; anything else may mean everything. */
  kind: z.string(),
  subjectId: z.string(),
  revoked: z.boolean(),
  /** From the change to its reading, by the database's clock. */
  ageMs: z.number(),
});

const renewalSchema = z.object({
  applied: z.string().transform(BigInt),
  /** The highest number that was ever given to an event. */
  last: z.string().transform(BigInt),
  events: z.array(changeSchema),
});

export type AppliedChange = z.infer<typeof changeSchema>;

export type MembershipEvents = {
  /** A change is to be applied, now and synchronously: it is acknowledged when this returns. */
  onChange(change: AppliedChange): void;
  /** The first lease begins: what changed before it was not heard of, so what is open must ask anew. */
  onJoin(): void;
  /** The lease had a gap, or began: nothing that was read before may be gone by. */
  onLapse(): void;
  /** Changes may have been missed for good: nothing that was read before counts, and no open stream either. */
  onGap(): void;
};

/** The part of a membership that says what may be gone by. */
export type Trust = Pick<Membership, 'isTrusted' | 'lapses' | 'endedMsAgo'>;

/** A worker's part in the revocation protocol (`docs/decisions/revocation.md`). */
export class Membership {
  readonly #databaseUrl: string;
  readonly #events: MembershipEvents;
  readonly #id = randomUUID();
  readonly #createdAt = thisMoment();
  #applied: bigint | null = null;
  /** When the last renewal that succeeded was sent. */
  #renewedAt: Moment = NEVER;
  #lapses = 0;
  readonly #held = Promise.withResolvers<void>();
  #reachable = false;
  #stopped = false;
  #wake: (() => void) | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(databaseUrl: string, events: MembershipEvents) {
    this.#databaseUrl = databaseUrl;
    this.#events = events;
  }

  /** Whether the lease is certainly alive, and so a cache may be gone by. Asked a few times per request. */
  isTrusted(): boolean {
    return isWithin(this.#renewedAt, TRUSTED_FOR_MS);
  }

  /** How many gaps the lease has had: while it is trusted and this is the same, it was alive all the time. */
  get lapses(): number {
    return this.#lapses;
  }

  /** How long ago the lease was last certainly alive; negative while it is. */
  get endedMsAgo(): number {
    return elapsedMsSince(this.#renewedAt) - TRUSTED_FOR_MS;
  }

  /** How long ago the lease was last renewed. */
  get leaseAgeMs(): number {
    return elapsedMsSince(this.#renewedAt === NEVER ? this.#createdAt : this.#renewedAt);
  }

  /** Begins to hold a lease, until `stop`. Does not wait for it: until it is there, nothing is trusted. */
  start(): void {
    this.#done = this.#run();
  }

  /** Resolves with the first lease, or after `limitMs` without one. */
  async untilHeld(limitMs: number): Promise<void> {
    await Promise.race([this.#held.promise, sleep(limitMs, undefined, { ref: false })]);
  }

  /** Gives the lease back, so that no change has to wait for it to run out. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#renewedAt = NEVER;
    this.#wake?.();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const client = new Client({
        connectionString: this.#databaseUrl,
        connectionTimeoutMillis: QUERY_TIMEOUT_MS,
        statement_timeout: STATEMENT_TIMEOUT_MS,
        query_timeout: QUERY_TIMEOUT_MS,
        application_name: 'latchkey-proxy-lease',
      });
      try {
        await this.#holdLease(client);
      } catch (error) {
        if (this.#reachable) logger.warn({ err: error }, 'the lease cannot be renewed');
        this.#reachable = false;
      } finally {
        // A connection that is broken cannot be closed in good order, and need not be.
        client.end().catch(() => {});
      }
      if (!this.#stopped) await this.#sleep(RECONNECT_AFTER_MS);
    }
  }

  async #holdLease(client: Client): Promise<void> {
    let broken: Error | undefined;
    client.on('error', (error) => {
      broken = error;
      this.#wake?.();
    });
    client.on('notification', () => this.#wake?.());
    await client.connect();
    await client.query(`LISTEN ${CHANGE_CHANNEL}`);
    for (let tidyAt = 0; !this.#stopped; ) {
      // Begun before the renewal, so that news that comes during it ends the pause at once.
      const pause = this.#sleep(RENEW_EVERY_MS);
      await this.#renewUntilCurrent(client);
      if (performance.now() >= tidyAt) {
        await client.query(TIDY);
        tidyAt = performance.now() + TIDY_EVERY_MS;
      }
      await pause;
      if (broken) throw broken;
    }
    await client.query(LEAVE, [this.#id]);
  }

  /** Renews, applies what is new, and renews again to acknowledge it, until there is nothing new. */
  async #renewUntilCurrent(client: Client): Promise<void> {
    for (let pending = true; pending && !this.#stopped; ) {
      // Both clocks before it is sent: the machine may sleep until the answer is there.
      const sentAt = thisMoment();
      const { rows } = await client.query({
        name: 'renew-lease',
        text: RENEW,
        values: [this.#id, this.#applied?.toString() ?? null, LEASE_MS],
      });
      const { applied, last, events } = renewalSchema.parse(rows[0]);
      if (this.#applied === null) this.#events.onJoin();
      this.#noticeLapse();
      if (applied > last) {
        // The database is older than what was read from it: a copy that was behind took over, or a backup was restored.
        this.#events.onGap();
        this.#applied = null;
        continue;
      }
      for (const change of events) this.#events.onChange(change);
      this.#applied = events.at(-1)?.id ?? applied;
      // Only now, with all changes applied that the lease's renewal saw, may the cache be gone by.
      this.#renewedAt = sentAt;
      this.#reachable = true;
      this.#held.resolve();
      pending = events.length > 0;
    }
  }

  /**
   * If the answer came while the lease before still ran by our clock, the renewal was committed before that ran out
   * by the database's: whoever looked at our row saw a living lease and waited for us. Otherwise somebody may have
   * seen a dead one and gone on, with a change that this renewal was too early to read.
   */
  #noticeLapse(): void {
    if (this.isTrusted()) return;
    this.#lapses += 1;
    this.#events.onLapse();
    if (this.endedMsAgo > GAP_AFTER_MS && this.#applied !== null) this.#events.onGap();
  }

  /** Waits, or less when woken. */
  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#wake = wake;
    });
  }
}
