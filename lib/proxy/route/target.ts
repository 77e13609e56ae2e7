import { holdsToken } from '../access/credentials.ts';
import { type OwnAnswer, refuse, refuseName } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';

/** What a request is for. Everything later reads this and never the address again. */
export type Target = ConsoleTarget | GatewayTarget;

export type ConsoleTarget = {
  kind: 'console';
  host: string;
  /** Path and query, as they came. */
  address: string;
};

export type GatewayTarget = {
  kind: 'gateway';
  /** Of `[a-z0-9_-]` only. */
  slug: string;
  /** Where the client finds the gateway, without the scheme: `//host`, in path form with what follows it. */
  root: string;
  /** What follows the gateway, `/{provider}/{model}/{endpoint…}`, as it came. */
  path: string;
  /** With its `?`, as it came but for a ticket; empty when there is none. */
  query: string;
  /** What lets in a request for this address that has no token; null without one. */
  ticket: string | null;
};

const PATH_FORM = '/gateway/';
const HOST_FORM = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;
const ABSOLUTE_FORM = /^https?:\/\/([^/?]*)(.*)$/i;
const SLUG_FORM = /^[a-z0-9_-]{1,80}$/;

/** What no request-target holds (RFC 9112 §3.2): controls, spaces, a fragment. */
const NOT_IN_TARGET = /[^\x21-\xff]|#/;

/**
 * What servers read differently, so that a path checked here could become another one there: raw bytes beyond ASCII,
 * `\`, encoded controls, encoded `.`, `/` and `\`, and dot segments, also with a parameter (`..;x`).
 */
const AMBIGUOUS_IN_PATH = /[^\x21-\x7e]|\\|%(?:[01][0-9a-f]|2e|2f|5c|7f)|\/\.{1,2}(?:\/|;|%3b|$)/i;

/**
 * What the console's server resolves as well before it looks for a page: empty segments, and characters that need no
 * encoding (RFC 3986 §6.2.2.2).
 */
const NOT_NORMAL = /\/\/|%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/i;

/** Ids in a list of models, the gateway's or a provider's, hold a `/`, which SDKs encode; there it is a name's and no other segment's end. */
const MODEL_ID = /^\/(?:[a-z-]+\/)?(?:v1\/)+models\/./;

/** At the end of a query, where the gateway put it. */
const TICKET = /[?&]latchkey-ticket=([\w-]*)$/;

/**
 * Reads request-target and `Host` once (RFC 9112 §3.2 and §3.3).
 *
 * @param rawTarget the request-target as it stands in the request line.
 * @param gatewayDomain lower case; every host below it is a gateway's.
 */
export function parseTarget(rawTarget: string, headers: HeaderLines, gatewayDomain: string): Target | OwnAnswer {
  // RFC 9112 §3.2: no Host or more than one is refused. Taking the first would let two parsers see two hosts.
  const host = headers.first('host');
  if (host === undefined || headers.repeats('host')) return refuse('invalid_request', 'Exactly one Host is needed.');
  const hostName = HOST_FORM.exec(host)?.[1]?.toLowerCase().replace(/\.$/, '');
  if (!hostName) return refuse('invalid_request', 'The Host is malformed.');

  const target = rawTarget.startsWith('/') ? rawTarget : toOriginForm(rawTarget, host);
  if (!target || NOT_IN_TARGET.test(target)) return refuse('invalid_request', 'The address is malformed.');

  const queryAt = target.indexOf('?');
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const query = queryAt < 0 ? '' : target.slice(queryAt);
  if (hostName.endsWith(`.${gatewayDomain}`)) {
    return judgeGateway(toGateway(hostName.slice(0, -gatewayDomain.length - 1), `//${host}`, path, query));
  }
  // Here, where the two part: an address with two readings is a console's page for us and a gateway's for its server.
  if (!isNormal(path)) return refuse('invalid_request', 'The address is not in normal form.');
  return path.startsWith(PATH_FORM)
    ? judgeGateway(splitPath(host, path, query))
    : { kind: 'console', host, address: target };
}

function judgeGateway(gateway: GatewayTarget): GatewayTarget | OwnAnswer {
  if (AMBIGUOUS_IN_PATH.test(gateway.path)) return refuse('invalid_request', 'The path is malformed.');
  // A token is no gateway's name; as one it would stand in the log, and in the challenge of a 401.
  const isName = SLUG_FORM.test(gateway.slug) && !holdsToken(gateway.slug);
  if (!isName) return refuseName('gateway_not_found', 'Gateway', gateway.slug);
  return gateway;
}

/** Whether a path at a host that is no gateway's has one reading; what follows a gateway's name there is its own. */
function isNormal(path: string): boolean {
  const [shared = path] = /^\/gateway\/[^/]*\/?/.exec(path) ?? [];
  return !AMBIGUOUS_IN_PATH.test(shared) && !NOT_NORMAL.test(shared) && isDecodable(shared);
}

/** Servers answer 400, 404 or 500 to what percent-encodes no text. */
export function isDecodable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** RFC 9112 §3.2.2: absolute form must be accepted. An authority other than `Host` is a trick, so it is not. */
function toOriginForm(target: string, host: string): string | null {
  const [, authority, rest] = ABSOLUTE_FORM.exec(target) ?? [];
  if (authority === undefined || rest === undefined || authority.toLowerCase() !== host.toLowerCase()) return null;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function splitPath(host: string, path: string, query: string): GatewayTarget {
  const slugEnd = path.indexOf('/', PATH_FORM.length);
  const slug = path.slice(PATH_FORM.length, slugEnd < 0 ? undefined : slugEnd).toLowerCase();
  return toGateway(slug, `//${host}${PATH_FORM}${slug}`, slugEnd < 0 ? '/' : path.slice(slugEnd), query);
}

function toGateway(slug: string, root: string, path: string, query: string): GatewayTarget {
  const ticket = query === '' ? null : TICKET.exec(query);
  return {
    kind: 'gateway',
    slug,
    root,
    path: path.includes('%') && MODEL_ID.test(path) ? path.replace(/%2f/gi, '/') : path,
    query: ticket ? query.slice(0, ticket.index) : query,
    ticket: ticket?.[1] ?? null,
  };
}
