import ipaddr from 'ipaddr.js';
import { isPublicAddress } from '#lib/address-guard.ts';

const IPV4_PREFIX = 24;
const IPV6_PREFIX = 48;

/**
 * Where a call came from, as coarse as it is kept: of a public address the network (`203.0.113.0/24`,
 * `2001:db8:1::/48`), which says who and not which of their machines; a private one as it is.
 *
 * @returns null for what is no IP address.
 */
export function networkOf(address: string): string | null {
  if (!ipaddr.isValid(address)) return null;
  // `::ffff:203.0.113.7` is how a socket for both families shows an IPv4 address.
  const parsed = ipaddr.process(address);
  if (!isPublicAddress(parsed.toString())) return parsed.toString();
  const [prefix, family] = parsed.kind() === 'ipv4' ? [IPV4_PREFIX, ipaddr.IPv4] : [IPV6_PREFIX, ipaddr.IPv6];
  return `${family.networkAddressFromCIDR(`${parsed}/${prefix}`)}/${prefix}`;
}
