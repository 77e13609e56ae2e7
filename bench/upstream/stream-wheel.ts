import type { Socket } from 'node:net';
import { nowUs } from '../wire/clock.ts';
import { CHUNKS_PER_STREAM, STREAM_END, STREAM_HEAD, writeEvent } from '../wire/payloads.ts';

type Stream = { socket: Socket; chunksLeft: number; onClose(): void };

/**
 * Sends all open streams one chunk an interval, each chunk in a write of its own, the streams spread evenly over the
 * interval. One timer for all: a timer a stream would cost more than the writes.
 */
export class StreamWheel {
  /** One slot for each millisecond of the interval. */
  readonly #slots: Set<Stream>[];
  #timer: NodeJS.Timeout | undefined;
  #opened = 0;
  #open = 0;
  #slot = 0;
  #turnedAtMs = 0;
  #isHeld: boolean;

  /**
   * @param intervalMs from one chunk of a stream to its next.
   * @param isHeld streams stay open after their first chunk until `release`.
   */
  constructor(intervalMs: number, isHeld: boolean) {
    this.#slots = Array.from({ length: intervalMs }, () => new Set());
    this.#isHeld = isHeld;
  }

  /** Sends head and first chunk at once; the rest follows in turn. */
  add(socket: Socket): void {
    socket.write(STREAM_HEAD + writeEvent(nowUs()), 'latin1');
    const slot = this.#slotAt(this.#opened++);
    const onClose = () => this.#remove(slot, stream);
    const stream = { socket, chunksLeft: CHUNKS_PER_STREAM - 1, onClose };
    slot.add(stream);
    this.#open++;
    socket.once('close', onClose);
    this.#run();
  }

  release(): void {
    this.#isHeld = false;
    this.#run();
  }

  #run(): void {
    if (this.#isHeld || this.#open === 0 || this.#timer) return;
    this.#turnedAtMs = performance.now();
    this.#timer = setInterval(() => this.#turn(), 1);
  }

  #turn(): void {
    const lateMs = Math.floor(performance.now() - this.#turnedAtMs);
    // Never more than one chunk a stream at once: when the machine is too slow, streams take longer.
    const count = Math.min(lateMs, this.#slots.length);
    for (let i = 0; i < count; i++) this.#sendSlot(this.#slotAt(this.#slot++));
    this.#turnedAtMs = count < lateMs ? performance.now() : this.#turnedAtMs + count;
  }

  #sendSlot(slot: Set<Stream>): void {
    if (slot.size === 0) return;
    const event = Buffer.from(writeEvent(nowUs()), 'latin1');
    for (const stream of slot) {
      if (stream.chunksLeft-- > 0) {
        stream.socket.write(event);
      } else {
        stream.socket.write(STREAM_END, 'latin1');
        this.#remove(slot, stream);
      }
    }
  }

  #remove(slot: Set<Stream>, stream: Stream): void {
    if (!slot.delete(stream)) return;
    stream.socket.off('close', stream.onClose);
    if (--this.#open > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #slotAt(index: number): Set<Stream> {
    const slot = this.#slots[index % this.#slots.length];
    if (!slot) throw new RangeError('there is a slot for each millisecond');
    return slot;
  }
}
