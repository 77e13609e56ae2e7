import type { Eventually } from '../eventually.ts';
import type { ChangeLog } from '../revocation/change-log.ts';
import type { Trust } from '../revocation/membership.ts';
import { TooManyLookupsError } from './batched-lookups.ts';
import { Outage } from './outage.ts';
import type {
  Access,
  AccessQuery,
  AccessSource,
  AccessStore,
  GatewayRecord,
  TokenlessGateway,
  TokenRecord,
} from './store.ts';
import { TokenlessGateways } from './tokenless-gateways.ts';
import { TwoGenerationMap } from './two-generation-map.ts';

const MOST_TOKENS = 200_000;
const MOST_GATEWAYS = 2_000;
/** A thing that changes at every read in a row is not worth more reads. */
const MOST_READS = 4;

/** What was read, and when, by the change log. */
type Entry<Value> = { value: Value; readAt: number };

/** `freshUntil`: when the token expires, in milliseconds of `performance.now()`. */
type TokenEntry = Entry<TokenRecord> & { freshUntil: number };

/**
 * Remembers verified tokens and gateways while this worker's lease is certainly alive and nothing changed; reads the
 * database otherwise. Unknown tokens are not remembered, so that a flood of them fills nothing.
 */
export class CachedAccessStore implements AccessStore {
  /** Requests that were answered from memory, and those for which the database was asked. */
  readonly counts = { hits: 0, reads: 0 };
  readonly #source: AccessSource;
  readonly #trust: Trust;
  readonly #changes: ChangeLog;
  readonly #graceMs: number;
  readonly #tokens = new TwoGenerationMap<TokenEntry>(MOST_TOKENS);
  readonly #gateways = new TwoGenerationMap<Entry<GatewayRecord>>(MOST_GATEWAYS);
  readonly #tokenless: TokenlessGateways;
  readonly #outage = new Outage();
  /** Reads under way, so that a thousand requests with one token are one read. */
  readonly #reads = new Map<string, Promise<Access>>();

  /** @param graceMs how long after the lease ended remembered tokens still count while the database is away. */
  constructor(source: AccessSource, trust: Trust, changes: ChangeLog, graceMs: number) {
    this.#source = source;
    this.#trust = trust;
    this.#changes = changes;
    this.#graceMs = graceMs;
    this.#tokenless = new TokenlessGateways(source, trust, changes, this.#outage);
  }

  findAccess(query: AccessQuery): Eventually<Access> {
    if (this.#trust.isTrusted()) return this.#counted(this.#remembered(query)) ?? this.#readTogether(query);
    return this.#findWithoutLease(query);
  }

  async #findWithoutLease(query: AccessQuery): Promise<Access> {
    // Without a lease the database is asked, and only an outage that was just seen excuses from that.
    if (this.#outage.isOn()) return this.#counted(this.#rememberedInGrace(query)) ?? this.#read(query);
    this.counts.reads += 1;
    const probe = this.#outage.beginProbe();
    try {
      const access = await this.#read(query);
      probe.succeed();
      return access;
    } catch (error) {
      if (error instanceof TooManyLookupsError) {
        probe.giveUp();
        throw error;
      }
      probe.fail();
      const access = this.#rememberedInGrace(query);
      if (access) return access;
      throw error;
    }
  }

  #counted(remembered: Access | null): Access | null {
    if (remembered) this.counts.hits += 1;
    else this.counts.reads += 1;
    return remembered;
  }

  findTokenless(slug: string): Eventually<TokenlessGateway | null> {
    return this.#tokenless.find(slug);
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  /** Null unless both gateway and token are known, as they are now. */
  #remembered({ slug, tokenHash }: AccessQuery): Access | null {
    const gateway = this.#rememberedGateway(slug);
    if (!gateway) return null;
    if (tokenHash === null) return toAccess(gateway, null);
    const token = this.#tokens.get(tokenHash);
    if (!token || performance.now() >= token.freshUntil) return null;
    if (this.#changes.hasChangedSince(token.readAt, token.value.id)) return null;
    return toAccess(gateway, token.value);
  }

  #rememberedGateway(slug: string): GatewayRecord | null {
    const entry = this.#gateways.get(slug);
    return entry && !this.#changes.hasChangedSince(entry.readAt, entry.value.id) ? entry.value : null;
  }

  /** During an outage nothing can be revoked here, so what was good when it began is good until the grace time ends. */
  #rememberedInGrace(query: AccessQuery): Access | null {
    return this.#trust.endedMsAgo >= this.#graceMs ? null : this.#remembered(query);
  }

  #readTogether(query: AccessQuery): Promise<Access> {
    const key = `${query.slug} ${query.tokenHash}`;
    const underWay = this.#reads.get(key);
    if (underWay) return underWay;
    const read = this.#read(query).finally(() => this.#reads.delete(key));
    this.#reads.set(key, read);
    return read;
  }

  /** Reads until nothing of what was read has changed meanwhile: what comes out was so when it came out. */
  async #read({ slug, tokenHash }: AccessQuery): Promise<Access> {
    for (let reads = 0; reads < MOST_READS; reads++) {
      const readAt = this.#changes.now;
      const sentAt = performance.now();
      // A flood of unknown tokens for one gateway reads that gateway once.
      const remembered = this.#trust.isTrusted() ? this.#rememberedGateway(slug) : null;
      const [gateway, token] = await Promise.all([
        remembered ?? this.#source.findGateway(slug),
        tokenHash === null ? null : this.#source.findToken(tokenHash),
      ]);
      if (this.#changes.hasAllChangedSince(readAt)) continue;
      if (gateway && this.#changes.hasChangedSince(readAt, gateway.id)) continue;
      if (token && this.#changes.hasChangedSince(readAt, token.id)) continue;
      if (gateway && !remembered) this.#gateways.set(slug, { value: gateway, readAt });
      if (token && tokenHash !== null) {
        const freshUntil = sentAt + (token.expiresInMs ?? Number.POSITIVE_INFINITY);
        this.#tokens.set(tokenHash, { value: token, readAt, freshUntil });
      }
      return toAccess(gateway, token);
    }
    throw new Error('gateway or token changed at every read');
  }
}

function toAccess(gateway: GatewayRecord | null, token: TokenRecord | null): Access {
  if (!gateway) return { kind: 'gateway_not_found' };
  const isGood = token !== null && token.gatewayId === gateway.id;
  if (!isGood && gateway.authenticated) return { kind: 'token_refused' };
  const { id: gatewayId, objectsByToken, providers } = gateway;
  return { kind: 'granted', gatewayId, objectsByToken, token: isGood ? token : null, providers };
}
