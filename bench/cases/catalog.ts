import { CHUNK_INTERVAL_MS } from '../wire/payloads.ts';
import { abandonedCase } from './abandoned.ts';
import type { BenchCase } from './case.ts';
import { closedLoopCase } from './closed-loop.ts';
import { firstByteCase } from './first-byte.ts';
import { mixedCase } from './mixed.ts';
import { streamsCase } from './streams.ts';

/** All cases, in the order in which each round takes them: the one that starts fresh processes comes late. */
export const CASES: readonly BenchCase[] = [
  closedLoopCase({ name: 'json-small', description: 'a chat completion', target: 'small', connections: 32 }),
  closedLoopCase({ name: 'json-64k', description: 'the same with a body of 64 KiB', target: 'large', connections: 16 }),
  closedLoopCase({
    name: 'unknown-token',
    description: 'well-formed tokens that nobody was given, refused with 401',
    target: 'unknown',
    connections: 32,
  }),
  closedLoopCase({
    name: 'wrong-checksum',
    description: 'tokens whose checksum is off, refused with 401',
    target: 'wrongChecksum',
    connections: 32,
  }),
  firstByteCase,
  mixedCase,
  streamsCase({ name: 'sse-200', count: 200, intervalMs: CHUNK_INTERVAL_MS, memory: false }),
  // 20,000 chunks a second, so that few machines fall behind and put chunks together.
  streamsCase({ name: 'sse-2000-calm', count: 2_000, intervalMs: 100, memory: true }),
  streamsCase({ name: 'sse-2000', count: 2_000, intervalMs: CHUNK_INTERVAL_MS, memory: false }),
  // 50 chunks at 2.4 s: each stream is open for two minutes.
  streamsCase({ name: 'sse-4000-soak', count: 4_000, intervalMs: 2_400, memory: true, isSoak: true }),
  abandonedCase,
];
