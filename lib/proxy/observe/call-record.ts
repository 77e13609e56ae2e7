import { randomUUID } from 'node:crypto';
import type { ErrorCode, OwnAnswer } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';

/** How a call ended: whole; by its client's leaving, its upstream's fault, or the end of its token or gateway. */
export type CallEnd = 'complete' | 'client_gone' | 'upstream_broken' | 'revoked';

/** What nginx calls a client that went before it was answered. */
const CLIENT_GONE_STATUS = 499;

/** W3C Trace Context, `traceparent`. */
const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/**
 * What is written down of one call of a gateway, filled in as it becomes known: names and numbers, never a secret, a
 * body or a query. Moments are those of `performance.now()`; 0: not reached.
 */
export class CallRecord {
  /** Told to the client. */
  readonly id = randomUUID();
  readonly startedAt = performance.now();
  readonly method: string;
  /** The gateway's name as the client wrote it; perhaps there is none. */
  readonly slug: string;
  /** The client's address; undefined where it is not known. */
  readonly client: string | undefined;
  /** Of the trace that the client says the call belongs to. */
  traceId: string | null = null;
  gatewayExists = false;
  gatewayId: string | null = null;
  tokenId: string | null = null;
  /** Names that the gateway knows, never the client's own words. */
  provider: string | null = null;
  model: string | null = null;
  admittedAt = 0;
  sentAt = 0;
  firstByteAt = 0;
  endedAt = 0;
  /** Null: it came in chunks and was passed on. */
  requestBytes: number | null = 0;
  responseBytes = 0;
  /** What the client was told; 0: nothing yet. */
  status = 0;
  /** Of an answer of the gateway's own. */
  code: ErrorCode | null = null;
  end: CallEnd | null = null;

  constructor(method: string, slug: string, headers: HeaderLines, client: string | undefined) {
    this.method = method;
    this.slug = slug;
    this.client = client;
    const traceParent = headers.first('traceparent');
    if (traceParent !== undefined) this.traceId = TRACE_PARENT.exec(traceParent)?.[1] ?? null;
  }

  /** It goes upstream. @param bytes of its body, as its client's headers say; null: it comes in chunks. */
  noteSending(bytes: number | null): void {
    this.sentAt = performance.now();
    this.requestBytes = bytes;
  }

  /** The client is answered by its upstream. */
  noteAnswer(status: number): void {
    this.status = status;
    this.firstByteAt = performance.now();
  }

  /** The client is answered by the gateway itself. */
  noteOwnAnswer({ status, code }: OwnAnswer): void {
    this.admittedAt ||= performance.now();
    this.status = status;
    this.code = code;
  }

  /** @param whole whether the client was sent all of its answer. */
  close(whole: boolean): void {
    this.endedAt = performance.now();
    this.end ??= whole ? 'complete' : 'client_gone';
    if (this.status === 0) this.status = CLIENT_GONE_STATUS;
  }

  /** How long was spent before it was let in or refused, in ms: for the most part our own work. */
  get gatewayMs(): number {
    return (this.admittedAt || this.endedAt) - this.startedAt;
  }

  /** From its sending, with what connecting takes, to the head of the answer, in ms; null: there was none. */
  get firstByteMs(): number | null {
    return this.firstByteAt === 0 ? null : this.firstByteAt - this.sentAt;
  }

  /** From the head of the answer to its end, in ms; null: there was none. */
  get receiveMs(): number | null {
    return this.firstByteAt === 0 ? null : this.endedAt - this.firstByteAt;
  }
}
