import { z } from 'zod';

/** What the upstream's process can be told; it answers each with what it has counted. */
export const control = z.discriminatedUnion('kind', [
  /** Streams that are opened from now on stay open after their first chunk. */
  z.object({ kind: z.literal('hold'), intervalMs: z.number() }),
  /** The held streams run. */
  z.object({ kind: z.literal('release') }),
  /** Streams that are opened from now on run at once, at the usual pace. */
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('count') }),
]);

export type Control = z.infer<typeof control>;
