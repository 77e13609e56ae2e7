import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { SharedLookups } from '#lib/shared-lookups.ts';

/** An upstream whose address is not public and not in `UPSTREAM_ALLOWLIST`. */
export class ForbiddenAddressError extends Error {
  override name = 'ForbiddenAddressError';
}

/**
 * Addresses of the public internet's ranges that lead, within a cloud, to its own services: what answers there knows the
 * machine that asks, and no provider of models is there.
 */
const OF_CLOUDS = [
  // Azure's host agent, with the machine's configuration ("What is IP address 168.63.129.16?").
  '168.63.129.16/32',
  // IBM Cloud's services for machines in it ("Service network", "Cloud service endpoints").
  '161.26.0.0/16',
  '166.8.0.0/14',
  // Tencent Cloud's resolvers ("Private network DNS").
  '183.60.82.98/32',
  '183.60.83.19/32',
].map((range) => ipaddr.IPv4.parseCIDR(range));

/**
 * Whether an IP address is one of the public internet: not loopback, private, link-local, shared, multicast, reserved,
 * nor an IPv6 form that holds an IPv4 address (RFC 6890; of IPv6 only 2000::/3 is assigned for the public, RFC 4291),
 * nor a cloud's own.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv4) return !OF_CLOUDS.some((range) => parsed.match(range));
  return ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
}

/** Where something is called; `port` is empty for the scheme's own, as `URL` has it. */
type Address = { protocol: string; hostname: string; port: string };

/** Whether the operator names this host: as `host`, as `host:port`, or as an IP address. IPv6 without brackets. */
export function isAllowlisted(allowlist: readonly string[], { protocol, hostname, port }: Address): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const dialled = port || (protocol === 'https:' ? '443' : '80');
  return allowlist.includes(name) || allowlist.includes(`${name}:${dialled}`);
}

/** Whether a key may travel to an address: never in the clear, unless the operator names the host. */
export function mayCarryKeys(allowlist: readonly string[], address: Address): boolean {
  return address.protocol === 'https:' || isAllowlisted(allowlist, address);
}

/**
 * Connects to public addresses and to what the allowlist names. The address is checked that is dialled, after the name
 * was resolved: a name that resolved otherwise when it was saved (DNS rebinding) gains nothing.
 */
export function guardedConnector(allowlist: readonly string[], timeoutMs: number): buildConnector.connector {
  const options = { timeout: timeoutMs, allowH2: false };
  const connectAnywhere = buildConnector({ ...options, lookup: guardedLookup(() => true, timeoutMs) });
  const isAllowed = (address: string) => isPublicAddress(address) || allowlist.includes(address);
  const connectPublicly = buildConnector({ ...options, lookup: guardedLookup(isAllowed, timeoutMs) });
  return (target, callback) => {
    const { hostname } = target;
    if (isAllowlisted(allowlist, target)) return connectAnywhere(target, callback);
    // Node does not look up what is an address already.
    if (isIP(hostname) && !isPublicAddress(hostname)) return callback(new ForbiddenAddressError(hostname), null);
    return connectPublicly(target, callback);
  };
}

/** The threads that look names up are the process's. */
const lookups = new SharedLookups();

function guardedLookup(isAllowed: (address: string) => boolean, timeoutMs: number): LookupFunction {
  return (hostname, options, callback) => {
    lookups.find(hostname, options, timeoutMs, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (!first) return callback(new ForbiddenAddressError(hostname), []);
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}
