import { PROVIDERS } from '#lib/providers/catalog.ts';
import type { Head } from '../access/check-head.ts';
import { tokenHashOf } from '../access/credentials.ts';
import { writeTicket } from '../access/upload-ticket.ts';
import { ReturnAddress } from '../answer/return-address.ts';
import type { CallRequest } from '../call.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer } from '../errors.ts';
import type { Candidate } from '../route/candidate.ts';
import { findBase } from './base-address.ts';

/** How addresses in a provider's answer lead back to where its client came from; null where they need not. */
export function findReturnAddress(
  { target }: CallRequest,
  head: Head,
  { provider, endpoint }: Candidate,
  { settings, ticketKey }: Pick<ProxyContext, 'settings' | 'ticketKey'>,
): ReturnAddress | null {
  const { native } = PROVIDERS[provider.kind];
  const base = native ? findBase(provider, settings) : null;
  if (!native || !base || isOwnAnswer(base)) return null;
  const { slug, root } = target;
  const above = target.path.slice(0, target.path.length - endpoint.length);
  const tokenHash = tokenHashOf(head.credential);
  return new ReturnAddress(native, base, (rest, query) => {
    const path = above + rest;
    const address = schemeOf(root, settings.CONSOLE_ORIGIN) + root + path + query;
    // A gateway that asks for no token needs none here either.
    if (tokenHash === null) return address;
    const ticket = writeTicket(ticketKey, { slug, path, query }, tokenHash, Date.now());
    return `${address}${query === '' ? '?' : '&'}latchkey-ticket=${ticket}`;
  });
}

/**
 * The scheme with which a client came: the console's, where it may have come by the server that ends TLS for both. Any
 * other port is one at which this process listens, in the clear.
 */
function schemeOf(root: string, consoleOrigin: string | undefined): string {
  const origin = URL.parse(consoleOrigin ?? '');
  const port = /^\/\/[^/]*?:(\d+)(?:\/|$)/.exec(root)?.[1] ?? '';
  return origin?.protocol === 'https:' && ['', '443', origin.port].includes(port) ? 'https:' : 'http:';
}
