import { expect, test } from 'vitest';
import { KeptBytes } from './kept-bytes.ts';

test('together, requests keep eight bodies of the largest size and not a byte more', () => {
  const kept = new KeptBytes(100);
  const shares = Array.from({ length: 8 }, () => kept.openShare());
  expect(shares.map((share) => share.take(100))).toEqual(Array(8).fill(true));
  const late = kept.openShare();
  expect(late.take(1)).toBe(false);
  shares[3]?.giveBack(1);
  expect(late.take(1)).toBe(true);
});

test('however a request ends, everything comes back once', () => {
  const kept = new KeptBytes(100);
  const share = kept.openShare();
  share.take(70);
  share.giveBack(20);
  share.close();
  share.giveBack(50);
  share.close();
  expect(kept.free).toBe(800);
});
