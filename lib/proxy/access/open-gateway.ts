import { isIP } from 'node:net';
import { type OwnAnswer, refuse } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import type { ProxySettings } from '../settings.ts';
import type { AllowedOrigin } from './cors.ts';
import type { Grant } from './judge-access.ts';

const NOT_OUR_NAME =
  'Without a token this gateway answers at its own address only: that of CONSOLE_ORIGIN, or below GATEWAY_DOMAIN.';

type OwnNames = Pick<ProxySettings, 'CONSOLE_ORIGIN' | 'GATEWAY_DOMAIN'>;

/**
 * Whether a call that showed no good token comes from a web page, which is then whatever page somebody on the gateway's
 * network opens: a page of another site, or one whose own name was made to lead here (DNS rebinding). With a token a
 * page knows what it does.
 */
export function refuseWebPage(
  { token }: Grant,
  headers: HeaderLines,
  allowedOrigin: AllowedOrigin,
  names: OwnNames,
): OwnAnswer | null {
  if (token !== null || allowedOrigin !== null) return null;
  const own = URL.parse(`http://${headers.first('host')}`);
  if (!own || !isOurHost(own.hostname, names)) return refuse('origin_not_allowed', NOT_OUR_NAME);
  const origin = headers.first('origin');
  const isForeign = origin !== undefined && URL.parse(origin)?.host !== own.host;
  // Where no `Origin` is sent, as for a picture or a link (Fetch Metadata); only browsers send it, on https or at home.
  const site = headers.first('sec-fetch-site');
  return isForeign || site === 'cross-site' || site === 'same-site' ? refuse('origin_not_allowed') : null;
}

/**
 * Whether nobody else can have a name lead here: it is configured, an address, of one label as in a local network, or
 * reserved for this machine (RFC 6761 §6.3).
 */
function isOurHost(hostname: string, { CONSOLE_ORIGIN, GATEWAY_DOMAIN }: OwnNames): boolean {
  const name = hostname.replace(/\.$/, '');
  if (name.endsWith(`.${GATEWAY_DOMAIN}`) || name === URL.parse(CONSOLE_ORIGIN ?? '')?.hostname) return true;
  return isIP(name.replace(/^\[|\]$/g, '')) > 0 || !name.includes('.') || name.endsWith('.localhost');
}
