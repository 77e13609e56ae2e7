import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { logger } from '#lib/logger.ts';
import type { Making } from '#lib/providers/endpoints/types.ts';
import type { AnswerObserver } from '../answer/observer.ts';
import { ChunkList } from '../body/chunks.ts';
import type { Share } from '../body/kept-bytes.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import { EventData } from './event-data.ts';
import { findObjects, type ObjectName } from './object-ids.ts';

/** Of an answer that is read at its end. Answers that name objects are small, but for those that hold pictures. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** An id comes with the first event of a stream, or with the next few. */
const MOST_EVENTS = 20;
/** The first event of a response repeats its instructions and tools. */
const MAX_STREAM_BYTES = 1024 * 1024;

/** Calls are asked for plain answers; a provider that compresses all the same is understood where its answer is whole. */
const LIMIT = { maxOutputLength: MAX_ANSWER_BYTES };
const DECODERS = new Map<string, (bytes: Buffer) => Buffer>([
  ['gzip', (bytes) => gunzipSync(bytes, LIMIT)],
  ['x-gzip', (bytes) => gunzipSync(bytes, LIMIT)],
  ['deflate', (bytes) => inflateSync(bytes, LIMIT)],
  ['br', (bytes) => brotliDecompressSync(bytes, LIMIT)],
  ['zstd', (bytes) => zstdDecompressSync(bytes, LIMIT)],
]);

/**
 * Learns from an answer which objects it tells of, before the client can have read it to where it tells. Once they are
 * known, it looks no further.
 */
export class MadeObjects implements AnswerObserver {
  readonly #makings: readonly Making[];
  readonly #share: Share;
  readonly #learn: (objects: readonly ObjectName[]) => void;
  #events: EventData | null = null;
  #eventCount = 0;
  #coding = 'identity';
  #kept = new ChunkList();
  /** What was looked at, and taken of the share. */
  #size = 0;
  #isDone = false;

  /** @param share of it is taken what is kept of an answer. */
  constructor(makings: readonly Making[], share: Share, learn: (objects: readonly ObjectName[]) => void) {
    this.#makings = makings;
    this.#share = share;
    this.#learn = learn;
  }

  begin(status: number, headers: HeaderLines): boolean {
    const type = headers.first('content-type') ?? '';
    this.#coding = headers.first('content-encoding')?.trim().toLowerCase() ?? 'identity';
    if (/^\s*text\/event-stream\b/i.test(type)) this.#events = new EventData();
    return status >= 200 && status < 300;
  }

  look(chunk: Buffer): void {
    if (this.#isDone) return;
    const maxBytes = this.#events ? MAX_STREAM_BYTES : MAX_ANSWER_BYTES;
    const bytes = this.#size + chunk.length;
    // What is made then can be used all the same, but not come back to.
    if (bytes > maxBytes || !this.#share.take(chunk.length)) {
      logger.warn({ bytes }, 'an answer is too large, or too many are: what it made is not known');
      this.#stop();
      return;
    }
    this.#size = bytes;
    if (this.#events) this.#lookAtEvents(this.#events.push(chunk));
    else this.#kept.add(chunk);
  }

  end(whole: boolean): void {
    if (this.#isDone || this.#events || !whole) return;
    const text = this.#decode(Buffer.concat(this.#kept.chunks));
    this.#stop();
    this.#learnFrom(text, false);
  }

  #lookAtEvents(events: readonly string[]): void {
    for (const event of events) {
      this.#eventCount += 1;
      if (this.#learnFrom(event, true) || this.#eventCount >= MOST_EVENTS) {
        this.#stop();
        return;
      }
    }
  }

  /** Whether there was something to learn. */
  #learnFrom(text: string | null, streamed: boolean): boolean {
    const objects = text === null ? [] : findObjects(this.#makings, parse(text), streamed);
    if (objects.length > 0) this.#learn(objects);
    return objects.length > 0;
  }

  #decode(bytes: Buffer): string | null {
    if (this.#coding === 'identity' || this.#coding === '') return bytes.toString('utf8');
    const decode = DECODERS.get(this.#coding);
    if (!decode) return null;
    try {
      return decode(bytes).toString('utf8');
    } catch {
      // Not what it says it is, or too large: then it tells of nothing.
      return null;
    }
  }

  #stop(): void {
    this.#isDone = true;
    this.#share.giveBack(this.#size);
    this.#kept = new ChunkList();
    this.#events = null;
  }
}

/** Null for what is not JSON, such as the end mark of a stream. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
