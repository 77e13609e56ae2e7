import { showName } from '../errors.ts';
import { sliceChunks } from './chunks.ts';
import type { ModelInBody } from './json-model.ts';
import { readPartHead } from './part-head.ts';

const HEAD_END = '\r\n\r\n';
const MAX_PART_HEAD_BYTES = 16 * 1024;

const MAX_NAME_BYTES = 4_096;
const [CR = 0, LF = 0, BRACE = 0] = Buffer.from('\r\n{');

/** The field `model`; `end` is -1 while it is being read, `content` is null when it is longer than any name. */
type Field = { start: number; end: number; content: Buffer | null };

/**
 * Finds the field `model` of a form as its bytes arrive, as uploads to OpenAI's API have it. Refused as ambiguous is what
 * parsers of forms read in different ways: a boundary that does not stand as RFC 2046 §5.1.1 has it, one before the
 * first or behind the last part, a part's head that is not plainly written (`part-head.ts`), two fields of that name, a
 * form that is cut off. Text before and behind the parts is nobody's (RFC 2046 §5.1.1), but for a `{`: servers that do
 * not look at `Content-Type` take it for JSON.
 */
export class FormModelScanner {
  readonly #delimiter: Buffer;
  /** What has come and was not looked at yet; the first delimiter lacks the end of line that the others begin with. */
  #rest: Buffer = Buffer.from('\r\n');
  /** Where `#rest` begins in the body. */
  #offset = -2;
  #state: 'before' | 'head' | 'content' | 'behind' | 'ambiguous' = 'before';
  #reason = '';
  #field: Field | null = null;
  /** The part that is being read, or was read last. */
  #part: { number: number; name: string | null } = { number: 0, name: null };

  readonly #wanted: ReadonlyMap<string, string>;

  /** @param wanted fields that are read in JSON only, by their lower case. */
  constructor(boundary: string, wanted: ReadonlyMap<string, string>) {
    this.#wanted = wanted;
    this.#delimiter = Buffer.from(`\n--${boundary}`, 'latin1');
  }

  /** Reads the next bytes. False: the form is ambiguous, and `finish` says so. */
  push(chunk: Buffer): boolean {
    let text = this.#joined(chunk);
    while (text.length > 0 && this.#state !== 'ambiguous') {
      const taken = this.#readOn(text);
      if (taken === 0) break;
      this.#offset += taken;
      text = text.subarray(taken);
    }
    this.#rest = text;
    return this.#state !== 'ambiguous';
  }

  /** The field, once it is whole; null: there was none yet. */
  get model(): { name: string | null } | null {
    return this.#field && this.#field.end >= 0 ? { name: this.#field.content?.toString('utf8') ?? null } : null;
  }

  /** Why the form is ambiguous; null: it is not, so far. */
  get fault(): string | null {
    return this.#state === 'ambiguous' ? this.#reason : null;
  }

  /** @param chunks all that was pushed. */
  finish(chunks: readonly Buffer[]): ModelInBody {
    if (this.#state !== 'behind') return { kind: 'ambiguous', reason: this.fault ?? this.#describeCut() };
    const { model } = this;
    const field = this.#field;
    if (!model || !field) return { kind: 'absent' };
    if (model.name === null) {
      return { kind: 'nameless', reason: '`model` in the form is longer than any name of a model.' };
    }
    return {
      kind: 'named',
      model: model.name,
      replace: (name) => [
        ...sliceChunks(chunks, 0, field.start),
        Buffer.from(name),
        ...sliceChunks(chunks, field.end, Number.POSITIVE_INFINITY),
      ],
    };
  }

  /** What is to be read: `chunk`, behind what was left if it matters. A large file is not copied for it. */
  #joined(chunk: Buffer): Buffer {
    if (this.#rest.length === 0) return chunk;
    const isContent = this.#state === 'content' && !this.#isInField() && this.#rest.length <= this.#delimiter.length;
    if (isContent && chunk.length > this.#delimiter.length) {
      const seam = Buffer.concat([this.#rest, chunk.subarray(0, this.#delimiter.length)]);
      if (seam.indexOf(this.#delimiter) < 0) {
        this.#offset += this.#rest.length;
        return chunk;
      }
    }
    return Buffer.concat([this.#rest, chunk]);
  }

  /** @returns how many bytes were read; 0: more must come. */
  #readOn(text: Buffer): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(text);
      case 'content':
        return this.#readContent(text);
      default:
        return this.#readOutside(text);
    }
  }

  /** Before the first part and behind the last: a boundary anywhere else than at a line's beginning is one for some. */
  #readOutside(text: Buffer): number {
    const boundary = this.#delimiter.subarray(1);
    const at = text.indexOf(boundary);
    // What a boundary begins with, and the end of line before it, may still be the beginning of one.
    const taken = at < 0 ? Math.max(0, text.length - boundary.length - 1) : at;
    if (this.#state === 'before' && text.subarray(0, taken).includes(BRACE)) {
      return this.#refuse('Before the first part of the form stands a `{`: it could be read as JSON.');
    }
    if (at < 0) return taken;
    if (this.#state === 'behind') return this.#refuse('Behind the end of the form stands its boundary once more.');
    if (text[at - 2] !== CR || text[at - 1] !== LF) {
      return this.#refuse('The first boundary of the form does not stand at the beginning of a line.');
    }
    return this.#readBoundaryEnd(text, at + boundary.length);
  }

  #readContent(text: Buffer): number {
    const delimiter = this.#delimiter;
    const at = text.indexOf(delimiter);
    if (at < 0) {
      const taken = Math.max(0, text.length - delimiter.length);
      if (this.#isInField()) this.#addContent(text.subarray(0, taken));
      return taken;
    }
    // A bare line feed before it makes a boundary for some and text for others.
    if (text[at - 1] !== CR) return this.#refusePart('behind it a boundary stands after a bare line feed');
    const field = this.#isInField() ? this.#field : null;
    const taken = this.#readBoundaryEnd(text, at + delimiter.length);
    if (field && taken > 0) {
      this.#addContent(text.subarray(0, at - 1));
      field.end = this.#offset + at - 1;
    }
    return taken;
  }

  /** @param end of the boundary, in `text`. */
  #readBoundaryEnd(text: Buffer, end: number): number {
    if (text.length < end + 2) return 0;
    const behind = text.toString('latin1', end, end + 2);
    // White space or more letters behind it are part of the boundary for some, and make it text for others.
    if (behind !== '\r\n' && behind !== '--') {
      const what = 'must end with its line';
      if (this.#part.number === 0) return this.#refuse(`The first boundary of the form ${what}.`);
      return this.#refusePart(`the boundary behind it ${what}`);
    }
    this.#state = behind === '--' ? 'behind' : 'head';
    if (this.#state === 'head') this.#part = { number: this.#part.number + 1, name: null };
    return end + 2;
  }

  #readHead(text: Buffer): number {
    const end = text.indexOf(HEAD_END, 0, 'latin1');
    if (end > MAX_PART_HEAD_BYTES || (end < 0 && text.length > MAX_PART_HEAD_BYTES)) {
      return this.#refusePart('its head is too long');
    }
    if (end < 0) return 0;
    const { name, isModel, fault } = readPartHead(text.toString('latin1', 0, end));
    this.#part.name = name;
    if (fault !== null) return this.#refusePart(fault);
    const next = end + HEAD_END.length;
    // Without the end of line that begins it, a boundary ends an empty part for some (RFC 2046 §5.1.1) and is text for others.
    const boundary = this.#delimiter.subarray(1);
    if (text.length < next + boundary.length) return 0;
    if (text.subarray(next, next + boundary.length).equals(boundary)) {
      return this.#refusePart('the boundary behind it must stand on a line of its own');
    }
    const field = name?.toLowerCase().replace(/\[.*$/s, '') ?? '';
    if (this.#wanted.has(field)) return this.#refusePart('what it names is read in JSON only: send the call as JSON');
    if (isModel) {
      if (this.#field) return this.#refusePart('the form names `model` twice');
      this.#field = { start: this.#offset + next, end: -1, content: Buffer.alloc(0) };
    }
    this.#state = 'content';
    return next;
  }

  #isInField(): boolean {
    return this.#state === 'content' && this.#field !== null && this.#field.end < 0;
  }

  #addContent(bytes: Buffer): void {
    const field = this.#field;
    if (!field?.content) return;
    const isName = field.content.length + bytes.length <= MAX_NAME_BYTES;
    field.content = isName ? Buffer.concat([field.content, bytes]) : null;
  }

  #describeCut(): string {
    return this.#part.number === 0
      ? 'The form has no parts: its boundary does not occur.'
      : this.#describePart('the form is cut off in it');
  }

  #describePart(fault: string): string {
    const { number, name } = this.#part;
    const shown = name === null ? '' : ` ("${showName(Buffer.from(name, 'latin1').toString('utf8'))}")`;
    return `Part ${number} of the form${shown} is not clear: ${fault}.`;
  }

  #refusePart(fault: string): 0 {
    return this.#refuse(this.#describePart(fault));
  }

  #refuse(reason: string): 0 {
    this.#state = 'ambiguous';
    this.#reason = reason;
    return 0;
  }
}
