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
  /** What follows the gateway, `/{provider}/{model}/{endpoint…}`, as it came. */
  path: string;
  /** With its `?`, as it came; empty when there is none. */
  query: string;
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

  const gateway = splitGateway(hostName, target, gatewayDomain);
  if (!gateway) return { kind: 'console', host, address: target };
  if (AMBIGUOUS_IN_PATH.test(gateway.path)) return refuse('invalid_request', 'The path is malformed.');
  // A token is no gateway's name; as one it would stand in the log, and in the challenge of a 401.
  const isName = SLUG_FORM.test(gateway.slug) && !holdsToken(gateway.slug);
  if (!isName) return refuseName('gateway_not_found', 'Gateway', gateway.slug);
  return gateway;
}

/** RFC 9112 §3.2.2: absolute form must be accepted. An authority other than `Host` is a trick, so it is not. */
function toOriginForm(target: string, host: string): string | null {
  const [, authority, rest] = ABSOLUTE_FORM.exec(target) ?? [];
  if (authority === undefined || rest === undefined || authority.toLowerCase() !== host.toLowerCase()) return null;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function splitGateway(hostName: string, target: string, gatewayDomain: string): GatewayTarget | null {
  const queryAt = target.indexOf('?');
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const query = queryAt < 0 ? '' : target.slice(queryAt);
  if (hostName.endsWith(`.${gatewayDomain}`)) {
    return { kind: 'gateway', slug: hostName.slice(0, -gatewayDomain.length - 1), path, query };
  }
  if (!path.startsWith(PATH_FORM)) return null;
  const slugEnd = path.indexOf('/', PATH_FORM.length);
  const slug = path.slice(PATH_FORM.length, slugEnd < 0 ? undefined : slugEnd).toLowerCase();
  return { kind: 'gateway', slug, path: slugEnd < 0 ? '/' : path.slice(slugEnd), query };
}
