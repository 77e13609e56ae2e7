import type { Readable } from 'node:stream';
import { readBodyFacts } from '../body/body-facts.ts';
import { isOwnAnswer, type OwnAnswer, refuse } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import { connectionOptions, isHopByHop } from '../headers/hop-by-hop.ts';
import type { ConsoleTarget } from '../route/target.ts';
import type { ProxySettings } from '../settings.ts';
import type { UpstreamRequest } from '../upstream/upstream-request.ts';

/** Next's own limit for actions, above which it answers 500. No form of the console comes near it. */
export const MOST_CONSOLE_BODY_BYTES = 1_000_000;

/** A request that is not for a gateway. */
export type ConsoleRequest = {
  method: string;
  target: ConsoleTarget;
  headers: HeaderLines;
  /** The client's address; undefined where it is not known. */
  clientAddress: string | undefined;
  /** Its body, not read yet. To be called once. */
  takeBody(): Readable;
};

/** A request as the console gets it, but for its body. */
export type ConsolePlan = { request: Omit<UpstreamRequest, 'body'>; hasBody: boolean };

/** What tells the console who is asking. Only we know, so what the client sent of these is dropped. */
function isOursToSay(name: string): boolean {
  return name === 'forwarded' || name === 'x-real-ip' || name === 'expect' || name.startsWith('x-forwarded-');
}

/** How a request goes to the console: as it came but for one connection's headers, under the client's own `Host`. */
export function planForConsole(
  request: Omit<ConsoleRequest, 'takeBody'>,
  settings: ProxySettings,
): OwnAnswer | ConsolePlan {
  const { CONSOLE_UPSTREAM, CONSOLE_ORIGIN } = settings;
  if (!CONSOLE_UPSTREAM) return refuse('not_found');
  const { method, target, headers, clientAddress } = request;
  if (method === 'TRACE') return refuse('method_not_allowed');
  const body = readBodyFacts(headers);
  if (isOwnAnswer(body)) return body;
  if ((body.length ?? 0) > MOST_CONSOLE_BODY_BYTES) return refuse('request_too_large');

  const named = connectionOptions(headers);
  const kept: string[] = [];
  for (const [index, name] of headers.names.entries()) {
    if (isHopByHop(name) || named.has(name) || isOursToSay(name)) continue;
    kept.push(headers.raw[2 * index] ?? '', headers.valueAt(index));
  }
  // Whoever ends TLS in front of us is known by the origin that the console was told it has.
  const scheme = CONSOLE_ORIGIN?.startsWith('https:') ? 'https' : 'http';
  kept.push('x-forwarded-host', target.host, 'x-forwarded-proto', scheme);
  if (clientAddress) kept.push('x-forwarded-for', clientAddress);
  return {
    request: { origin: CONSOLE_UPSTREAM, path: target.address, method, headers: kept },
    hasBody: body.present,
  };
}
