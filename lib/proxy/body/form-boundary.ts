const FORM = /^[ \t]*multipart\/form-data(?=[ \t]*(?:;|$))/i;
const MULTIPART = /^\s*multipart\//i;
/** RFC 9110 §5.6.6: one may be empty, and a `;` may end them. PHP ends a boundary without quotes at a comma. */
const PARAMETER = /;[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:"([^"\\]*)"|([^ \t;",]+)))?/g;
/** Also in the forms of RFC 2231 and RFC 8187, which some read. */
const BOUNDARY = /^boundary(?:\*|$)/i;
const MAX_BOUNDARY_CHARS = 70;

/** Whether a body has parts, and is no form, or none by its type as it is written: some read it as one all the same. */
export function isOtherMultipart(contentType: string): boolean {
  return MULTIPART.test(contentType) && !FORM.test(contentType);
}

/**
 * The boundary of a form (RFC 7578 §4.1). Null: it is another type. `ambiguous`: it is a form, and which boundary is
 * meant differs between parsers.
 */
export function boundaryOf(contentType = ''): { kind: 'boundary'; boundary: string } | { kind: 'ambiguous' } | null {
  const [type] = FORM.exec(contentType) ?? [];
  if (type === undefined) return null;
  const parameters = contentType.slice(type.length);
  const boundaries = [...parameters.matchAll(PARAMETER)].filter(([, name = '']) => BOUNDARY.test(name));
  const [, name = '', quoted, token = ''] = boundaries[0] ?? [];
  const boundary = quoted ?? token;
  const isClear = boundaries.length === 1 && !name.includes('*') && parameters.replace(PARAMETER, '').trim() === '';
  if (!isClear || boundary === '' || boundary.length > MAX_BOUNDARY_CHARS) return { kind: 'ambiguous' };
  return { kind: 'boundary', boundary };
}
