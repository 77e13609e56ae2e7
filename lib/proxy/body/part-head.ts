/** What the head of a form's part says (RFC 7578 §4.2 to §4.8). `name` is null: it has none. */
export type PartHead = {
  name: string | null;
  isModel: boolean;
  /** Why servers could read it in different ways; null: they could not. */
  fault: string | null;
};

const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9a-z-]+):([^\r\n\0]*)$/i;
const DISPOSITION = 'content-disposition';
/** Any parameters, also empty ones and one more `;` at the end (RFC 9110 §5.6.6). White space around `=` is not among them. */
const DISPOSITION_VALUE =
  /^[ \t]*([a-z-]+)((?:[ \t]*;(?:[ \t]*[\w!#$%&'*+.^`|~-]+=(?:"(?:[^"\\]|\\.)*"|[^ \t;"]+))?)*)[ \t]*$/i;
const PARAMETER = /;[ \t]*([^ \t;="]+)=(?:"((?:[^"\\]|\\.)*)"|([^ \t;"]+))/g;
/** `name` as some find it who look neither at quotes nor at escapes, and in the forms of RFC 8187 and RFC 2231. */
const NAME_PARAMETER = /(?:^|[^\w!#$%&'*+.^`|~-])name(\*\w*\*?)?[ \t]*=/gi;
/** Some undo these in a name, and some do not: escapes, and the words of RFC 2047. */
const ENCODED_NAME = /\\|^=\?.*\?=$/;
/** What some take for `model`: in other case, padded, quoted, or as a list or object. */
const LIKE_MODEL = /^[\s'<]*model[\s'>]*(?:$|[[.])/i;
/** Nothing is to be undone in these (RFC 2045 §6.2). */
const IDENTITY = /^[ \t]*(?:7bit|8bit|binary)[ \t]*$/i;

type Line = { name: string; value: string };

/** @param head its lines, without the empty one behind them; one character a byte. */
export function readPartHead(head: string): PartHead {
  const lines: Line[] = [];
  for (const text of head.split('\r\n')) {
    const [, name, value] = HEADER_LINE.exec(text) ?? [];
    if (name === undefined || value === undefined) return refused(null, 'a line of its head is malformed');
    lines.push({ name: name.toLowerCase(), value });
  }
  const dispositions = lines.filter(({ name }) => name === DISPOSITION);
  const [disposition] = dispositions;
  if (dispositions.length > 1) return refused(null, 'it has more than one Content-Disposition');
  if (!disposition) return judgeNameless(lines, []);
  return readDisposition(disposition.value, lines);
}

function readDisposition(value: string, lines: readonly Line[]): PartHead {
  const [, type, text] = DISPOSITION_VALUE.exec(value) ?? [];
  if (type === undefined || text === undefined) return refused(null, 'its Content-Disposition is malformed');
  const parameters = [...text.matchAll(PARAMETER)].map(([, key = '', quoted, token = '']) => ({
    isName: key.toLowerCase() === 'name',
    value: quoted ?? token,
  }));
  const name = parameters.find(({ isName }) => isName)?.value ?? null;
  const spellings = [...text.matchAll(NAME_PARAMETER)];
  if (spellings.some(([, star]) => star !== undefined)) return refused(name, 'its name is written with `name*=`');
  if (spellings.length > 1) return refused(name, 'its Content-Disposition could be read as having two names');
  if (name !== null && name !== '') return judgeNamed(name, type, lines);
  const values = parameters.map((parameter) => parameter.value);
  return judgeNameless(lines, values);
}

function judgeNamed(name: string, type: string, lines: readonly Line[]): PartHead {
  if (ENCODED_NAME.test(name)) return refused(name, 'its name is escaped or encoded');
  const isModel = name === 'model';
  if (!isModel && LIKE_MODEL.test(decodePercent(name))) return refused(name, 'its name could be read as `model`');
  if (!isModel) return { name, isModel, fault: null };
  if (type.toLowerCase() !== 'form-data') return refused(name, `its Content-Disposition is ${type}, not form-data`);
  // A value that is to be decoded, or taken apart, first could be so by some and not by others.
  const encoding = lines.find(
    (line) => line.name === 'content-encoding' || (isTransferEncoding(line) && !IDENTITY.test(line.value)),
  );
  if (encoding) return refused(name, `\`model\` must be plain, and this part has a ${titleOf(encoding.name)}`);
  if (lines.some((line) => line.name === 'content-type' && /^[ \t]*multipart\//i.test(line.value))) {
    return refused(name, '`model` must be plain, and this part is a form itself');
  }
  return { name, isModel, fault: null };
}

/** Servers ignore a part without a name, or call it by its file without folders, `Content-ID` or type, as Rack does. */
function judgeNameless(lines: readonly Line[], parameters: readonly string[]): PartHead {
  const others = lines.filter(({ name }) => name !== DISPOSITION).map(({ value }) => value);
  // A backslash escapes, or stands between folders. RFC 8187 §3.2: what stands behind the second `'` is the value.
  const isLikeModel = (value: string) =>
    [value, value.replaceAll('\\', '')].some((text) =>
      decodePercent(text)
        .split(/['/\\]/)
        .some((part) => LIKE_MODEL.test(part)),
    );
  if (![...parameters, ...others].some(isLikeModel)) return { name: null, isModel: false, fault: null };
  return refused(null, 'it has no name and could be taken for `model`');
}

const isTransferEncoding = ({ name }: Line) => name === 'content-transfer-encoding';

/** `content-encoding` as it is usually written. */
const titleOf = (name: string) => name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Browsers encode quotes and ends of lines so; some servers undo all of it. */
function decodePercent(value: string): string {
  return value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function refused(name: string | null, fault: string): PartHead {
  return { name, isModel: false, fault };
}
