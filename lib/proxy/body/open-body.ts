import type { Readable } from 'node:stream';
import { isOwnAnswer, type OwnAnswer, refuse } from '../errors.ts';
import { type Eventually, whenThere } from '../eventually.ts';
import type { ProxySettings } from '../settings.ts';
import type { BodyFacts } from './body-facts.ts';
import { BodyRefusedError, limitedBody } from './body-limit.ts';
import { decodeBody } from './decode-body.ts';
import { FormCheck } from './form-check.ts';
import { JsonModelScanner, type ModelInBody } from './json-model.ts';
import type { Share } from './kept-bytes.ts';
import { FormModelScanner } from './multipart-model.ts';
import { type BodyHead, readHead } from './read-body.ts';

/** `model` in a body, and how another one takes its place there. */
export type NamedModel = Extract<ModelInBody, { kind: 'named' }>;

/**
 * What `model` in a body may be, where it is there. `file`: the body is a file, and not looked at. Null: it must be
 * there, and may be anything.
 */
export type ModelRule = readonly string[] | 'file' | null;

/** A body that was judged: there is none, it passes on as it comes, or all of it is here. */
export type OpenedBody =
  | { kind: 'none' }
  /** `unread`: nothing is known of what it says. */
  | { kind: 'passing'; stream: Readable; unread: boolean }
  /**
   * `named` only where the body was to say where the call goes. `values`: of the wanted keys that are at its top, as
   * JSON.
   */
  | { kind: 'whole'; chunks: Buffer[]; named: NamedModel | null; values: ReadonlyMap<string, string> };

type Limits = Pick<ProxySettings, 'MAX_BODY_BYTES' | 'MAX_JSON_BODY_BYTES'>;

/**
 * Judges a request's body and opens it, without its content codings, for its upstream. JSON is read whole, because its
 * `model` must be one of `models`, or says where it goes; anything else streams. A body that begins with `{` is JSON
 * whatever its `Content-Type` says, since upstreams exist that do not look at that header.
 *
 * @param wanted other keys at the top of JSON whose values are wanted, by their lower case.
 * @param source not read before, and read no further than needed when the answer is a refusal.
 * @param share to be closed when the request is over.
 * @throws ClientGoneError when the client goes before that much has arrived.
 */
export function openBody(
  facts: BodyFacts,
  models: ModelRule,
  wanted: ReadonlyMap<string, string>,
  source: Readable,
  limits: Limits,
  share: Share,
): Eventually<OwnAnswer | OpenedBody> {
  if (!facts.codings?.length) return openPlain(facts, models, wanted, source, limits, share);
  const decoded = decodeBody(source, facts.codings, limits.MAX_BODY_BYTES, share);
  share.whenClosed(() => decoded.destroy());
  return whenThere(openPlain({ ...facts, length: null }, models, wanted, decoded, limits, share), (body) => {
    if (isOwnAnswer(body)) decoded.destroy();
    else if (body.kind === 'passing') {
      // Its decoders keep room, but are no slower than its upstream.
      share.arrive(false, (refusal) => decoded.destroy(new BodyRefusedError(refusal)));
      body.stream.once('close', () => {
        share.arrived();
        decoded.destroy();
      });
    }
    return body;
  });
}

/** @param facts its length is that of what `source` gives. */
function openPlain(
  facts: BodyFacts,
  models: ModelRule,
  wanted: ReadonlyMap<string, string>,
  source: Readable,
  limits: Limits,
  share: Share,
): Eventually<OwnAnswer | OpenedBody> {
  if (models === null) return openNaming(facts, wanted, source, limits, share);
  if (!facts.present) return { kind: 'none' };
  if (models === 'file') {
    return { kind: 'passing', stream: limitedBody(source, [], limits.MAX_BODY_BYTES), unread: true };
  }
  if (facts.isOtherMultipart) return refuse('invalid_request', NO_FORM);
  if (facts.boundary !== null) {
    return openForm(new FormCheck(facts.boundary, models, wanted), facts, source, limits.MAX_BODY_BYTES, share);
  }
  const most = { saidBytes: facts.length, maxBytes: limits.MAX_JSON_BODY_BYTES, share };
  const scanner = new JsonModelScanner(wanted);
  const reading = readHead(source, scanner, facts.json ? always : jsonLook(), most);
  return whenThere<BodyHead, OwnAnswer | OpenedBody>(reading, (head) => {
    switch (head.kind) {
      case 'own_answer':
        return head;
      case 'other': {
        const passed = () => share.giveBack(head.taken);
        const stream = limitedBody(source, head.chunks, limits.MAX_BODY_BYTES, { passed });
        return { kind: 'passing', stream, unread: true };
      }
      case 'blank':
        return whole(head.chunks);
      case 'scanned':
        return refuseModel(head.found, models) ?? whole(head.chunks, scanner.values(head.chunks));
    }
  });
}

/** `model` in the body of a call whose route goes by it; null for others. */
export function modelIn(body: OpenedBody): string | null {
  return body.kind === 'whole' && body.named ? body.named.model : null;
}

/** The wanted values that it was found to have; null: it may have some that nobody read. */
export function valuesIn(body: OpenedBody): ReadonlyMap<string, string> | null {
  if (body.kind === 'whole') return body.values;
  return body.kind === 'passing' && body.unread ? null : NOTHING;
}

/** Whether the headers alone say that a body is too large. */
export function refuseSize({ length, json }: BodyFacts, limits: Limits): OwnAnswer | null {
  const limit = json ? limits.MAX_JSON_BODY_BYTES : limits.MAX_BODY_BYTES;
  return length !== null && length > limit ? refuse('request_too_large') : null;
}

/** A form streams, and is checked as it passes: it may hold a large file. */
function openForm(
  form: FormCheck,
  facts: BodyFacts,
  source: Readable,
  maxBytes: number,
  share: Share,
): Eventually<OwnAnswer | OpenedBody> {
  const most = { saidBytes: facts.length, maxBytes, share };
  return whenThere<BodyHead, OwnAnswer | OpenedBody>(readHead(source, form, always, most), (head) => {
    if (isOwnAnswer(head)) return head;
    const refusal = form.isSmall ? form.end() : form.refusal();
    if (refusal) return refusal;
    if (form.isSmall) return whole(head.chunks);
    if (head.kind === 'scanned') share.giveBack(head.size);
    return { kind: 'passing', stream: limitedBody(source, head.chunks, maxBytes, { form }), unread: false };
  });
}

/** Null when the body names no model, or one of `models`. */
function refuseModel(found: ModelInBody, models: readonly string[]): OwnAnswer | null {
  if (found.kind === 'ambiguous') return refuse('invalid_request', found.reason);
  if (found.kind === 'nameless') return refuse('model_mismatch', found.reason);
  if (found.kind === 'absent' || models.includes(found.model)) return null;
  return refuse('model_mismatch');
}

const NO_FORM = 'Of multipart bodies, `multipart/form-data` with its `boundary` behind a `;` is understood here.';
const MODEL_WANTED = 'The body must name a `model`, one of those that GET `/models` lists at the same base URL.';

const always = () => true;

/** Opens a body that must name a model. Forms, too, are read whole here: their `model` may follow the file. */
async function openNaming(
  facts: BodyFacts,
  wanted: ReadonlyMap<string, string>,
  source: Readable,
  { MAX_JSON_BODY_BYTES }: Limits,
  share: Share,
): Promise<OwnAnswer | OpenedBody> {
  if (!facts.present) return refuse('invalid_request', MODEL_WANTED);
  if (facts.isOtherMultipart) return refuse('invalid_request', NO_FORM);
  const isForm = facts.boundary !== null;
  const scanner = facts.boundary === null ? new JsonModelScanner(wanted) : new FormModelScanner(facts.boundary, wanted);
  const most = { saidBytes: facts.length, maxBytes: MAX_JSON_BODY_BYTES, share };
  const head = await readHead(source, scanner, facts.json || isForm ? always : jsonLook(), most);
  if (isOwnAnswer(head)) return head;
  if (head.kind !== 'scanned') return refuse('invalid_request', MODEL_WANTED);
  const { found } = head;
  if (found.kind === 'absent') return refuse('invalid_request', MODEL_WANTED);
  if (found.kind !== 'named') return refuse('invalid_request', found.reason);
  const values = scanner instanceof JsonModelScanner ? scanner.values(head.chunks) : NOTHING;
  return { kind: 'whole', chunks: head.chunks, named: found, values };
}

const NOTHING: ReadonlyMap<string, string> = new Map();

function whole(chunks: Buffer[], values = NOTHING): OpenedBody {
  return { kind: 'whole', chunks, named: null, values };
}

const NO_BYTES = Buffer.alloc(0);
const BRACE = 0x7b;
const SPACE = 0x20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** The byte order mark of UTF-16 and UTF-32: some upstreams read as JSON what follows. It is refused then as not UTF-8. */
const WIDE_MARKS = [0xfffe, 0xfeff];

/**
 * Tells, as the pieces of a body come, whether it looks like JSON; undefined: too little has come. It looks at each byte
 * once: a body may be white space for megabytes, a byte at a time.
 */
function jsonLook(): (piece: Buffer) => boolean | undefined {
  /** A wide mark that has come, or its first byte. */
  let mark: Buffer = NO_BYTES;
  return (piece) => {
    const beginning = mark.length > 0 ? Buffer.concat([mark, piece]) : piece;
    const at = beginning.findIndex((byte) => byte > SPACE && !BYTE_ORDER_MARK.includes(byte));
    const first = beginning[at];
    if (first === undefined) return undefined;
    if (first < 0xfe) return first === BRACE;
    mark = beginning.subarray(at, at + 2);
    if (mark.length < 2) return undefined;
    if (!WIDE_MARKS.includes(mark.readUInt16BE())) return false;
    const next = beginning.subarray(at + 2).find((byte) => byte > SPACE);
    return next === undefined ? undefined : next === BRACE;
  };
}
