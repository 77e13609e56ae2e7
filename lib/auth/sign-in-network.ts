import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whose attempts to sign in are counted together. */
export type SignInNetwork = {
  /** An IPv4 address; of IPv6 the network of 64 bits, of which each host has all addresses to choose from. */
  network: string;
  /** Of IPv6 the network of 48 bits, which is what providers give to one customer (RFC 6177). Null for IPv4. */
  site: string | null;
};

/**
 * @param address of the client, as a socket or a proxy shows it.
 * @returns null for what is no address: nobody knows where the client is.
 */
export function signInNetworkOf(address: string): SignInNetwork | null {
  if (isIP(address) === 0) return null;
  // `::ffff:203.0.113.7` is how a socket for both families shows an IPv4 address (RFC 4291 §2.5.5.2).
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return { network: parsed.toString(), site: null };
  const prefixOf = (bits: number) => {
    // Without its zone, which is a name of this machine's own (RFC 4007 §11).
    const bytes = parsed.toByteArray().fill(0, bits / 8);
    return `${ipaddr.fromByteArray(bytes)}/${bits}`;
  };
  return { network: prefixOf(64), site: prefixOf(48) };
}
