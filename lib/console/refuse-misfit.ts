import { MOST_CONSOLE_BODY_BYTES } from '#lib/proxy/console/console-plan.ts';
import { isActionCall } from './action-call.ts';

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
  if (!isReadable(headers.get('next-router-state-tree')))
    return { status: 400, text: 'Bad request: this is no state of a page.\n' };
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
  return Number(headers.get('content-length') ?? 0) <= MOST_CONSOLE_BODY_BYTES;
}

/** What Next reads of it before it knows whose page it is: a list in JSON, percent-encoded. */
function isReadable(stateTree: string | null): boolean {
  if (stateTree === null) return true;
  try {
    return Array.isArray(JSON.parse(decodeURIComponent(stateTree)));
  } catch {
    return false;
  }
}

const isMultipart = (headers: Headers) => headers.get('content-type')?.toLowerCase().startsWith('multipart/') ?? false;
