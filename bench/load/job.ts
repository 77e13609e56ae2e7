import { z } from 'zod';

/** A request on the wire and what must come back: a run with any other response is void. */
const target = z.object({
  origin: z.string(),
  /** Whole requests, sent in turn. */
  requests: z.array(z.string()),
  status: z.number(),
  /** Length of the payload. */
  bodyBytes: z.number(),
});

export type Target = z.infer<typeof target>;

/** What the load generator can be asked to do. */
export const job = z.discriminatedUnion('kind', [
  /** Each connection sends its next request when it has its answer. */
  z.object({
    kind: z.literal('closed-loop'),
    target,
    connections: z.number(),
    durationMs: z.number(),
  }),
  /** Calls at a steady rate, whether or not earlier ones are answered; `targets` in turn. */
  z.object({ kind: z.literal('paced'), targets: z.array(target), count: z.number(), perSecond: z.number() }),
  /** Streams that are opened one after another and are then all open at once; to be read to their end, or left. */
  z.object({ kind: z.literal('streams'), target, count: z.number(), isAbandoned: z.boolean().optional() }),
  /** One call at a time, the targets in turn, each on a connection of its own. */
  z.object({ kind: z.literal('first-byte'), targets: z.array(target), count: z.number(), gapMs: z.number() }),
]);

export type Job = z.infer<typeof job>;
export type JobOf<K extends Job['kind']> = Extract<Job, { kind: K }>;

export const outcomes = {
  'closed-loop': z.object({
    requests: z.number(),
    seconds: z.number(),
    latencyP50Us: z.number(),
    latencyP99Us: z.number(),
  }),
  paced: z.object({ firstByteP50Us: z.number(), firstByteP99Us: z.number() }),
  streams: z.object({
    /** From the first chunk that came when all streams were open to the end of the last stream. */
    flowMs: z.number(),
    /** Chunks a read of the socket brought on average, after all streams were open. 1: each came by itself. */
    chunksPerRead: z.number(),
    /** From the upstream's sending of a chunk to its arrival, over all hops. */
    chunkDelayP50Us: z.number(),
    chunkDelayP99Us: z.number(),
  }),
  /** For each target: from the sending of a request to the first byte of its response. */
  'first-byte': z.object({ p50Us: z.array(z.number()), p99Us: z.array(z.number()) }),
};

export type Outcomes = { [K in Job['kind']]: z.infer<(typeof outcomes)[K]> };

/** What the generator's process says of the job with that number. */
export const report = z.object({
  id: z.number(),
  /** All streams of a `streams` job are open. */
  opened: z.boolean().optional(),
  failure: z.string().optional(),
  outcome: z.unknown().optional(),
});

export type Report = z.infer<typeof report>;

/** @throws when a response is not as it must be. */
export function assertAsExpected(target: Target, status: number, bodyBytes: number): void {
  if (status === target.status && bodyBytes === target.bodyBytes) return;
  throw new Error(
    `a response of ${target.origin} was ${status} with ${bodyBytes} bytes, not ${target.status} with ${target.bodyBytes}`,
  );
}
