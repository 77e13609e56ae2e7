import type { ModelInBody } from './json-model.ts';

const CRLF = '\r\n';
const HEAD_END = '\r\n\r\n';
const BOUNDARY = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;
/** `name*` would be read by some and not by others, so it makes a part ambiguous. */
const MODEL_PART = /^content-disposition:\s*form-data\s*;(?:.*;)?\s*name=(?:"model"|model)\s*(?:;|$)/im;
const MODEL_PART_ENCODED = /^content-disposition:.*;\s*name\*/im;

/** The boundary of a form (RFC 7578 §4.1); null when the content type is another or names none. */
export function boundaryOf(contentType: string | undefined): string | null {
  const [, quoted, plain] = BOUNDARY.exec(contentType ?? '') ?? [];
  return quoted ?? plain ?? null;
}

/**
 * Finds the field `model` of a form, as uploads to OpenAI's API have it. Refused as ambiguous is a form with two of
 * them, or one that is cut off.
 */
export function readModelField(body: Buffer, boundary: string): ModelInBody {
  let found: ModelInBody = { kind: 'absent' };
  let delimiter = findDelimiter(body, `--${boundary}`, 0);
  while (delimiter && !delimiter.isLast) {
    const headEnd = body.indexOf(HEAD_END, delimiter.end, 'latin1');
    const next = findDelimiter(body, `${CRLF}--${boundary}`, delimiter.end);
    if (!next || headEnd < 0 || headEnd > next.start) break;
    const head = body.subarray(delimiter.end, headEnd).toString('latin1');
    if (MODEL_PART_ENCODED.test(head)) return { kind: 'ambiguous', reason: 'A field name is encoded.' };
    if (MODEL_PART.test(head)) {
      if (found.kind === 'named') return { kind: 'ambiguous', reason: 'The body names `model` twice.' };
      const [from, to] = [headEnd + HEAD_END.length, next.start];
      found = {
        kind: 'named',
        model: body.subarray(from, to).toString('utf8'),
        replace: (model) => [body.subarray(0, from), Buffer.from(model), body.subarray(to)],
      };
    }
    delimiter = next;
  }
  return delimiter?.isLast ? found : { kind: 'ambiguous', reason: 'The form is cut off.' };
}

/**
 * The next delimiter (RFC 2046 §5.1.1): the line ends behind it, or `--` says that it is the last. Without that it is
 * the beginning of something longer.
 */
function findDelimiter(body: Buffer, text: string, from: number) {
  for (let start = body.indexOf(text, from, 'latin1'); start >= 0; start = body.indexOf(text, start + 1, 'latin1')) {
    const end = start + text.length;
    const behind = body.subarray(end, end + 2).toString('latin1');
    if (behind === CRLF || behind === '--') return { start, end, isLast: behind === '--' };
  }
  return null;
}
