import { isActionCall } from './action-call.ts';

/** Next's own limit for actions, above which it answers 500. */
const MOST_BODY_BYTES = 1_000_000;

/** As Next writes the id of a server action. */
const ACTION_ID = /^[0-9a-f]{42}$/;

/** Next serves it by this name too, with 500. */
const ERROR_PAGE = '/_global-error';

export type Misfit = { status: number; text: string };

/**
 * The answer to a request that no page of the console sends, null for another: Next would answer it with 500, or write
 * into the log what the client sent, as if the fault were the server's.
 */
export async function refuseMisfit(request: Request): Promise<Misfit | null> {
  const { method, headers, url } = request;
  if (new URL(url).pathname === ERROR_PAGE) return { status: 404, text: 'Not found.\n' };
  if (!isBearable(headers)) return { status: 413, text: 'Payload too large.\n' };
  // No form here is sent without script, and Next looks for an action in each that comes.
  if (method === 'POST' && isMultipart(headers)) return { status: 415, text: 'No page here sends such a form.\n' };
  const id = headers.get('next-action');
  if (id === null) return null;
  const isCall = ACTION_ID.test(id) && isActionCall(await request.text());
  return isCall ? null : { status: 400, text: 'Bad request: this is no call of an action.\n' };
}

/** Browsers know how long what they send is; a body of unknown length is refused with those that are too long. */
function isBearable(headers: Headers): boolean {
  if (headers.has('transfer-encoding')) return false;
  return Number(headers.get('content-length') ?? 0) <= MOST_BODY_BYTES;
}

const isMultipart = (headers: Headers) => headers.get('content-type')?.toLowerCase().startsWith('multipart/') ?? false;
