const LINE_END = /\r\n|\n|\r/;

/** A longer event is not kept. */
const MAX_EVENT_CHARS = 4 * 1024 * 1024;

/** Reads the data of an event stream's events as its bytes arrive (HTML Standard, "Server-sent events"). */
export class EventData {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #data: string[] = [];
  #size = 0;

  /** The data of the events that end in `chunk`. */
  push(chunk: Buffer): string[] {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split(LINE_END);
    this.#rest = lines.pop() ?? '';
    const events: string[] = [];
    for (const line of lines) {
      if (line.startsWith('data:')) this.#add(line.slice(line[5] === ' ' ? 6 : 5));
      else if (line === '' && this.#data.length > 0) events.push(this.#take());
    }
    if (this.#rest.length > MAX_EVENT_CHARS) this.#rest = '';
    return events;
  }

  #add(line: string): void {
    this.#size += line.length;
    if (this.#size <= MAX_EVENT_CHARS) this.#data.push(line);
  }

  #take(): string {
    const data = this.#data.join('\n');
    this.#data = [];
    this.#size = 0;
    return data;
  }
}
