import type { Trace } from '#lib/audit/record-access.ts';
import { clientAddressOf } from './client-address.ts';
import { signInNetworkOf } from './sign-in-network.ts';

/** Who sent a request, as far as it can be known. */
export type Visitor = {
  /** The client's address; empty where it is not known. */
  address: string;
  /** As the browser names itself; empty where it does not. */
  userAgent?: string;
  /** What `SignInResult` told this browser to keep. */
  browser?: string | undefined;
};

/** Browsers name themselves in some 150 characters. */
const LONGEST_USER_AGENT = 256;

/** @param browser what the browser was told to keep, if it shows it. */
export function visitorOf(headers: Headers, browser?: string): Visitor {
  return { address: clientAddressOf(headers), userAgent: headers.get('user-agent') ?? '', browser };
}

/** What is kept of who it was. Names are cut, and what would not be seen or would move what stands beside it is out. */
export function traceOf({ address, userAgent = '' }: Visitor): Trace {
  const shown = userAgent
    .slice(0, LONGEST_USER_AGENT)
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return { network: signInNetworkOf(address)?.network ?? null, userAgent: shown || null };
}
