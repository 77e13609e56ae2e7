import { expect, test } from 'vitest';
import { joinReceipts } from './join-receipts.ts';

const receipt = { confirmed: 2, expired: 0, unconfirmed: 0, complete: true, milliseconds: 20 };

test('a joined receipt promises no more than each of its parts', () => {
  const cutOff = { confirmed: 1, expired: 1, unconfirmed: 0, complete: true, milliseconds: 1_500 };
  const givenUp = { confirmed: 1, expired: 0, unconfirmed: 1, complete: false, milliseconds: 5_000 };
  const joined = [receipt, cutOff, givenUp, receipt].reduce(joinReceipts, receipt);
  expect(joined).toEqual({ confirmed: 1, expired: 1, unconfirmed: 1, complete: false, milliseconds: 6_560 });
});

test('the first receipt is as it is', () => {
  expect(joinReceipts(null, receipt)).toEqual(receipt);
});
