import { createHmac } from 'node:crypto';
import type { HeaderLines } from './header-lines.ts';

/**
 * The pseudonym of this deployment in `Via` (RFC 9110 §7.6.3): the same in every worker, another in every deployment,
 * so that one Latchkey may stand behind another but never behind itself. Derived one way from a key.
 */
export function nameForVia(key: Buffer): string {
  return `latchkey-${createHmac('sha256', key).update('via').digest('hex').slice(0, 12)}`;
}

/** Whether a request has been through this deployment before. */
export function cameThroughUs(headers: HeaderLines, viaName: string): boolean {
  return headers.names.some((name, index) => name === 'via' && headers.valueAt(index).includes(viaName));
}

/** The value of our own line. Upstreams and clients are both spoken to in HTTP/1.1. */
export function viaLine(viaName: string): string {
  return `1.1 ${viaName}`;
}
