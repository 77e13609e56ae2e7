import type { Receipt } from './await-receipt.ts';

/** One receipt for two changes that were made one after the other: it promises what both do. */
export function joinReceipts(first: Receipt | null, second: Receipt): Receipt {
  if (!first) return second;
  return {
    confirmed: Math.min(first.confirmed, second.confirmed),
    expired: Math.max(first.expired, second.expired),
    unconfirmed: Math.max(first.unconfirmed, second.unconfirmed),
    complete: first.complete && second.complete,
    milliseconds: first.milliseconds + second.milliseconds,
  };
}
