import { ChunkList } from '../body/chunks.ts';

const LF = 0x0a;
const CR = 0x0d;
const LINE_BREAK = Buffer.from('\n');
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * Reads the data of an event stream's events as its bytes arrive (HTML Standard, "Server-sent events"). Each byte is
 * looked at once, and what is kept takes about as much memory as it has bytes, however both are cut.
 */
export class EventData {
  /** What has come of the line that is being read. */
  #line = new ChunkList();
  /** The event's data so far, each line with its end. */
  #data = new ChunkList();
  #isFirstLine = true;
  /** An LF behind a CR ends the same line. */
  #isAfterCr = false;

  /** The data of the events that end in `chunk`. */
  push(chunk: Buffer): string[] {
    const events: string[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      const isSameEnd = this.#isAfterCr && byte === LF;
      this.#isAfterCr = byte === CR;
      if (byte !== LF && byte !== CR) continue;
      if (!isSameEnd) {
        const event = this.#endLine(chunk.subarray(start, at));
        if (event !== null) events.push(event);
      }
      start = at + 1;
    }
    if (start < chunk.length) this.#line.add(chunk.subarray(start));
    return events;
  }

  /** @returns the data of the event that the line ends. */
  #endLine(end: Buffer): string | null {
    const line = this.#takeLine(end);
    if (line.length === 0) return this.#data.size > 0 ? this.#takeData() : null;
    if (line.toString('latin1', 0, 5) !== 'data:') return null;
    const data = line.subarray(line[5] === 0x20 ? 6 : 5);
    if (data.length > 0) this.#data.add(data);
    this.#data.add(LINE_BREAK);
    return null;
  }

  #takeLine(end: Buffer): Buffer {
    let line = end;
    if (this.#line.size > 0) {
      line = Buffer.concat([...this.#line.chunks, end]);
      this.#line = new ChunkList();
    }
    const isMarked = this.#isFirstLine && line.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    this.#isFirstLine = false;
    return isMarked ? line.subarray(BYTE_ORDER_MARK.length) : line;
  }

  #takeData(): string {
    const data = Buffer.concat(this.#data.chunks).toString('utf8', 0, this.#data.size - LINE_BREAK.length);
    this.#data = new ChunkList();
    return data;
  }
}
