const MERGED_AT_ONCE = 256;

/** What has arrived of a body that is kept, with bounded cost for a sender of many tiny chunks. */
export class ChunkList {
  readonly chunks: Buffer[] = [];
  size = 0;
  #merged = 0;

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    // An object for each byte would take a hundred times the memory that the bytes are counted as.
    if (this.chunks.length - this.#merged < MERGED_AT_ONCE) return;
    this.chunks.push(Buffer.concat(this.chunks.splice(this.#merged)));
    this.#merged = this.chunks.length;
  }
}

/** The bytes from `start` to `end` of what `chunks` are together. */
export function sliceChunks(chunks: readonly Buffer[], start: number, end: number): Buffer[] {
  const slices: Buffer[] = [];
  let offset = 0;
  for (const chunk of chunks) {
    const slice = chunk.subarray(Math.max(start - offset, 0), Math.max(end - offset, 0));
    if (slice.length > 0) slices.push(slice);
    offset += chunk.length;
  }
  return slices;
}
