import { decrypt, encrypt } from '#lib/crypto.ts';
import type { GatewayTarget } from '../route/target.ts';
import type { Head } from './check-head.ts';

/** As long as Google keeps an upload that was begun, at least for the clients that finish it at once. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

const HASH = /^[0-9a-f]{64}$/;

/** One address of one gateway: its slug, the path below it, and the query. */
export type TicketAddress = { slug: string; path: string; query: string };

/**
 * Makes what stands for a token at one address alone, for a day: Google's Python SDK and its documentation for curl send
 * the second step of an upload without any credential. What the token may not do any more, its ticket may not either.
 *
 * @param tokenHash SHA-256 in hexadecimal.
 * @returns characters of base64url.
 */
export function writeTicket(key: Buffer, address: TicketAddress, tokenHash: string, now: number): string {
  const sealed = encrypt(`${now + LIFETIME_MS} ${tokenHash}`, key, textOf(address));
  return Buffer.from(sealed).toString('base64url');
}

/** Lets a ticket stand in where a request has no token of its own. */
export function redeemTicket(head: Head, target: GatewayTarget, key: Buffer): Head {
  if (target.ticket === null || head.credential.kind === 'token') return head;
  const tokenHash = readTicket(key, target, target.ticket, Date.now());
  return tokenHash === null ? head : { ...head, credential: { kind: 'ticket', tokenHash } };
}

/** The hash of the token that a ticket stands for; null when it is not for this address, or its day is over. */
export function readTicket(key: Buffer, address: TicketAddress, ticket: string, now: number): string | null {
  const [end = '', hash = ''] = open(key, address, ticket).split(' ');
  return Number(end) > now && HASH.test(hash) ? hash : null;
}

function open(key: Buffer, address: TicketAddress, ticket: string): string {
  try {
    return decrypt(Buffer.from(ticket, 'base64url'), key, textOf(address));
  } catch {
    // Whatever clients write there; which bit is wrong is nobody's business.
    return '';
  }
}

/** By what a query says and not by its bytes, which Next's server writes anew. */
function textOf({ slug, path, query }: TicketAddress): string {
  return `${slug} ${path}?${new URLSearchParams(query)}`;
}
