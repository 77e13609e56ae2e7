import { sliceChunks } from './chunks.ts';
import type { ModelInBody } from './json-model.ts';

const FORM = /^multipart\/form-data(?=\s*(?:;|$))/i;
const PARAMETER = /;\s*([\w-]+)=(?:"([^"\\]*)"|([^\s;"]+))/g;
const MAX_BOUNDARY_CHARS = 70;

/**
 * The boundary of a form (RFC 7578 §4.1). Null: it is another type. `ambiguous`: it is a form, and which boundary is
 * meant differs between parsers.
 */
export function boundaryOf(contentType = ''): { kind: 'boundary'; boundary: string } | { kind: 'ambiguous' } | null {
  const [type] = FORM.exec(contentType.trimStart()) ?? [];
  if (type === undefined) return null;
  const parameters = contentType.trimStart().slice(type.length);
  const boundaries = [...parameters.matchAll(PARAMETER)].filter(([, name]) => name?.toLowerCase() === 'boundary');
  const boundary = boundaries[0]?.[2] ?? boundaries[0]?.[3] ?? '';
  const isClear = boundaries.length === 1 && parameters.replace(PARAMETER, '').trim() === '';
  if (!isClear || boundary === '' || boundary.length > MAX_BOUNDARY_CHARS) return { kind: 'ambiguous' };
  return { kind: 'boundary', boundary };
}

const MALFORMED = 'The form is malformed.';
const HEAD_END = '\r\n\r\n';
const MAX_PART_HEAD_BYTES = 16 * 1024;
const HEADER_LINE = /^[!#$%&'*+.^_`|~0-9a-z-]+:[^\r\n\0]*$/i;
/** A file's name may hold escapes, a field's may not: some undo them and some do not. */
const DISPOSITION = /^content-disposition:\s*form-data((?:\s*;\s*[a-z]+=(?:"(?:[^"\\]|\\.)*"|[^\s;"]+))*)\s*$/i;
const DISPOSITION_PARAMETER = /;\s*([a-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/gi;
/** What some take for `model`: in other case, padded, or as a list or object. */
const LIKE_MODEL = /^\s*model\s*(?:$|[[.])/i;

const MAX_NAME_BYTES = 4_096;
const [CR = 0] = Buffer.from('\r');

/** The field `model`; `end` is -1 while it is being read, `content` is null when it is longer than any name. */
type Field = { start: number; end: number; content: Buffer | null };

/**
 * Finds the field `model` of a form as its bytes arrive, as uploads to OpenAI's API have it. Refused as ambiguous is what
 * parsers of forms read in different ways: text before the first part, a boundary that does not stand as RFC 2046 §5.1.1
 * has it, a part's head that is not plainly written, two fields of that name, a form that is cut off.
 */
export class FormModelScanner {
  readonly #delimiter: Buffer;
  /** What has come and was not looked at yet; the first delimiter lacks the end of line that the others begin with. */
  #rest: Buffer = Buffer.from('\r\n');
  /** Where `#rest` begins in the body. */
  #offset = -2;
  #state: 'before' | 'head' | 'content' | 'done' | 'ambiguous' = 'before';
  #reason = 'The form is cut off.';
  #field: Field | null = null;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\n--${boundary}`, 'latin1');
  }

  /** Reads the next bytes. False: the form is ambiguous, and `finish` says so. */
  push(chunk: Buffer): boolean {
    let text = this.#joined(chunk);
    while (text.length > 0 && this.#state !== 'done' && this.#state !== 'ambiguous') {
      const taken = this.#state === 'head' ? this.#readPartHead(text) : this.#readContent(text);
      if (taken === 0) break;
      this.#offset += taken;
      text = text.subarray(taken);
    }
    this.#rest = this.#state === 'done' ? Buffer.alloc(0) : text;
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
    if (this.#state !== 'done') return { kind: 'ambiguous', reason: this.#reason };
    const { model } = this;
    const field = this.#field;
    if (!model || !field) return { kind: 'absent' };
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
  #readContent(text: Buffer): number {
    const delimiter = this.#delimiter;
    const at = text.indexOf(delimiter);
    // The first one stands at the beginning.
    if (this.#state === 'before' && at !== 1 && text.length > delimiter.length) return this.#refuse(MALFORMED);
    if (at < 0) {
      const taken = Math.max(0, text.length - delimiter.length);
      if (this.#isInField()) this.#addContent(text.subarray(0, taken));
      return taken;
    }
    const end = at + delimiter.length;
    if (text.length < end + 2) return 0;
    const behind = text.toString('latin1', end, end + 2);
    // White space behind it, or a bare line feed before it, are an end for some and text for others.
    if (text[at - 1] !== CR || (behind !== '\r\n' && behind !== '--')) return this.#refuse(MALFORMED);
    if (this.#field && this.#isInField()) {
      this.#addContent(text.subarray(0, at - 1));
      this.#field.end = this.#offset + at - 1;
    }
    this.#state = behind === '--' ? 'done' : 'head';
    return end + 2;
  }

  /** @returns how many bytes were read; 0: more must come. */
  #readPartHead(text: Buffer): number {
    const end = text.indexOf(HEAD_END, 0, 'latin1');
    if (end < 0) return text.length > MAX_PART_HEAD_BYTES ? this.#refuse(MALFORMED) : 0;
    const name = readFieldName(text.toString('latin1', 0, end).split('\r\n'));
    if (name === null) return this.#refuse(MALFORMED);
    const next = end + HEAD_END.length;
    if (LIKE_MODEL.test(name)) {
      if (name !== 'model' || this.#field) return this.#refuse('The body names `model` twice.');
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

  #refuse(reason: string): 0 {
    this.#state = 'ambiguous';
    this.#reason = reason;
    return 0;
  }
}

/** The name of a part's field (RFC 7578 §4.2); null: parsers could read another one. */
function readFieldName(lines: readonly string[]): string | null {
  if (!lines.every((line) => HEADER_LINE.test(line))) return null;
  const dispositions = lines.filter((line) => /^content-disposition:/i.test(line));
  const parameters = DISPOSITION.exec(dispositions[0] ?? '')?.[1];
  if (dispositions.length !== 1 || parameters === undefined) return null;
  const names = [...parameters.matchAll(DISPOSITION_PARAMETER)].filter(([, key]) => key?.toLowerCase() === 'name');
  const name = names[0]?.[2] ?? names[0]?.[3];
  if (names.length !== 1 || name === undefined || name.includes('\\')) return null;
  // A field that is to be decoded first could be decoded by some and not by others.
  const isEncoded = lines.some((line) => /^content-(?:transfer-)?encoding:/i.test(line));
  return isEncoded && LIKE_MODEL.test(name) ? null : name;
}
