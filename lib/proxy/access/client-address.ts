import { BlockList, isIP, isIPv4 } from 'node:net';
import type { HeaderLines } from '../headers/header-lines.ts';

/** The proxies in front of us whose word about the client is believed. */
export type TrustedProxies = BlockList;

/** @param networks addresses and networks as `TRUSTED_PROXIES` has them. Null where there are none. */
export function openTrustedProxies(networks: readonly string[]): TrustedProxies | null {
  if (networks.length === 0) return null;
  const trusted = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  return trusted;
}

/**
 * The address of a request's client. That is the peer, unless the peer is a trusted proxy: then it is the last one of
 * `Forwarded` (RFC 7239) or `X-Forwarded-For` that no trusted proxy has. Each proxy appends whom it got the request
 * from, so whatever stands before that is the client's own claim.
 *
 * Where both headers came, they must agree: a proxy writes one of them and passes on what a client says in the other,
 * and which one is not known here.
 *
 * @param peer of the connection; undefined when it is gone already.
 * @returns undefined where it cannot be known: a trusted proxy hides it, or the headers contradict each other.
 */
export function findClientAddress(
  peer: string | undefined,
  headers: HeaderLines,
  trusted: TrustedProxies | null,
): string | undefined {
  if (trusted === null || peer === undefined || !isTrusted(trusted, peer)) return peer;
  const byStandard = headers.names.includes('forwarded') ? nodesOfForwarded(headers.all('forwarded')) : null;
  const byCustom = headers.names.includes('x-forwarded-for') ? nodesOfList(headers.all('x-forwarded-for')) : null;
  if (byStandard === null || byCustom === null) return lastUntrusted(byStandard ?? byCustom ?? [], peer, trusted);
  const [one, other] = [lastUntrusted(byStandard, peer, trusted), lastUntrusted(byCustom, peer, trusted)];
  return one === other ? one : undefined;
}

/** @param nodes from the client to us, as the proxies wrote them. */
function lastUntrusted(nodes: readonly string[], peer: string, trusted: TrustedProxies): string | undefined {
  let nearest: string | undefined = plainOf(peer);
  for (const node of nodes.toReversed()) {
    nearest = addressOfNode(node);
    // Written by a trusted proxy, which does not know or does not say: nothing farther away is to be believed.
    if (nearest === undefined || !isTrusted(trusted, nearest)) return nearest;
  }
  // All are trusted: the first of them asked for itself.
  return nearest;
}

function isTrusted(trusted: TrustedProxies, address: string): boolean {
  const plain = plainOf(address);
  return trusted.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
}

const MAPPED = '::ffff:';

/**
 * An IPv4 address as such where a socket for both families shows it as IPv6 (RFC 4291 §2.5.5.2); another without its
 * zone, which is a name of this machine's own (RFC 4007 §11).
 */
function plainOf(address: string): string {
  const mapped = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : '';
  return isIPv4(mapped) ? mapped : address.replace(/%.*/, '');
}

/** An address, perhaps with a port, IPv6 perhaps in brackets (RFC 7239 §6). `unknown` and `_names` are none. */
const NODE = /^(?:\[([0-9a-f:.]+)\]|(\d+(?:\.\d+){3}))(?::(?:\d{1,5}|_[\w.-]+))?$/i;

function addressOfNode(node: string): string | undefined {
  const [, bracketed, dotted] = NODE.exec(node) ?? [];
  const address = bracketed ?? dotted ?? node;
  return isIP(address) === 0 ? undefined : plainOf(address);
}

function nodesOfList(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',').map((node) => node.trim())).filter((node) => node !== '');
}

/** One parameter of `Forwarded`, or none, with what ends it (RFC 7239 §4; empty list elements: RFC 9110 §5.6.1.2). */
const PARAMETER =
  /[ \t]*(?:([!#$%&'*+.^_`|~0-9a-z-]+)=([!#$%&'*+.^_`|~0-9a-z:[\]-]+|"(?:[^"\\]|\\.)*"))?[ \t]*([;,]|$)/iy;

/**
 * The `for` of each element, empty where an element has none. From a malformed part on, the rest of a line cannot be
 * told apart, and counts as one element without `for`.
 */
function nodesOfForwarded(values: readonly string[]): string[] {
  const nodes: string[] = [];
  for (const value of values) {
    let node: string | null = null;
    for (let at = 0; at < value.length; ) {
      PARAMETER.lastIndex = at;
      const [whole, name, text = '', end] = PARAMETER.exec(value) ?? [];
      if (whole === undefined) {
        node = '';
        break;
      }
      at += whole.length;
      if (name !== undefined) node ??= '';
      if (name?.toLowerCase() === 'for') node = unquoted(text);
      if (end !== ',' || node === null) continue;
      nodes.push(node);
      node = null;
    }
    if (node !== null) nodes.push(node);
  }
  return nodes;
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}
