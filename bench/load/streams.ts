import { nowUs } from '../wire/clock.ts';
import { CHUNK_MARK, CHUNKS_PER_STREAM, STAMP_DIGITS } from '../wire/payloads.ts';
import { ClientConnection } from './client-connection.ts';
import { assertAsExpected, type JobOf, type Outcomes } from './job.ts';
import { quantile } from './quantile.ts';

/** Below every contestant's listen backlog: a connection that is dropped there is tried again only after a second. */
const OPENING_AT_ONCE = 50;

const MARK = CHUNK_MARK.charCodeAt(0);

/**
 * Opens streams until `count` are open, says so, and reads them all to their end, counting chunks; or closes their
 * connections at once, where they are to be abandoned.
 */
export function runStreams(
  { target, count, isAbandoned }: JobOf<'streams'>,
  onOpened: () => void,
): Promise<Outcomes['streams']> {
  const connections: ClientConnection[] = [];
  const flow = new FlowMeter();
  let opened = 0;
  let ended = 0;

  const { promise, resolve, reject } = Promise.withResolvers<Outcomes['streams']>();
  const open = () => {
    const connection = new ClientConnection(target.origin);
    connections.push(connection);
    let chunks = 0;
    connection.send(target.requests[0] ?? '', {
      onRead(bytes) {
        const isFirst = chunks === 0;
        const found = countMarks(bytes);
        chunks += found;
        // Each read is looked at, but until all streams are open the machine is busy with opening them.
        if (opened === count) flow.add(bytes, found);
        if (isFirst && chunks > 0) onFirstChunk();
      },
      onEnd(status, bodyBytes) {
        assertAsExpected(target, status, bodyBytes);
        if (chunks !== CHUNKS_PER_STREAM) throw new Error(`a stream of ${target.origin} had ${chunks} chunks`);
        if (++ended === count) resolve(flow.summarize());
      },
      onFailure: reject,
    });
  };
  const onFirstChunk = () => {
    opened++;
    if (connections.length < count) open();
    if (opened < count) return;
    onOpened();
    if (isAbandoned) resolve(flow.summarize());
  };
  for (let i = 0; i < Math.min(OPENING_AT_ONCE, count); i++) open();
  return promise.finally(() => {
    for (const connection of connections) connection.close();
  });
}

/** What came after all streams were open. */
class FlowMeter {
  readonly #delaysUs: number[] = [];
  #startedAt = 0;
  #reads = 0;
  #chunks = 0;

  /** @param chunks how many of them `bytes` hold. */
  add(bytes: Buffer, chunks: number): void {
    if (chunks === 0) return;
    this.#startedAt ||= performance.now();
    this.#reads++;
    this.#chunks += chunks;
    const stampAt = bytes.indexOf(MARK) + 1;
    // The rest of a stamp that a read cuts is in the next one; enough are whole.
    if (stampAt + STAMP_DIGITS > bytes.length) return;
    this.#delaysUs.push(nowUs() - Number(bytes.toString('latin1', stampAt, stampAt + STAMP_DIGITS)));
  }

  summarize(): Outcomes['streams'] {
    return {
      flowMs: performance.now() - this.#startedAt,
      chunksPerRead: this.#chunks / Math.max(1, this.#reads),
      chunkDelayP50Us: quantile(this.#delaysUs, 0.5),
      chunkDelayP99Us: quantile(this.#delaysUs, 0.99),
    };
  }
}

function countMarks(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) count++;
  return count;
}
