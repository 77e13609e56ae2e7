import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OwnAnswer } from '../errors.ts';
import { KeptBytes } from './kept-bytes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

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

test('a request that is over takes nothing any more', () => {
  const kept = new KeptBytes(100);
  const share = kept.openShare();
  share.close();
  share.arrive(true, () => {});
  expect([share.take(1), kept.free]).toEqual([false, 800]);
});

/** A body that is on its way, of which `bytes` have come: what it was refused with, if it was. */
function arrive(kept: KeptBytes, gatewayId: string, tokenId: string | null, bytes: number, isPaced = true) {
  const share = kept.openShare();
  share.belongTo(gatewayId, tokenId);
  const refusals: (OwnAnswer['code'] | undefined)[] = [];
  share.arrive(isPaced, ({ code }) => refusals.push(code));
  const took = share.take(bytes);
  return { share, took, refusals };
}

describe('where there is no more room', () => {
  test('whoever keeps most gives way, and gives back at once', () => {
    const kept = new KeptBytes(100);
    const many = Array.from({ length: 8 }, () => arrive(kept, 'g', 'greedy', 100));
    const { took } = arrive(kept, 'g', 'modest', 60);
    expect(took).toBe(true);
    expect(many.flatMap(({ refusals }) => refusals)).toEqual(['overloaded']);
    expect(kept.free).toBe(40);
  });

  test('the slowest gives way first, measured by what it keeps', () => {
    const kept = new KeptBytes(100);
    const quick = Array.from({ length: 3 }, () => arrive(kept, 'g', 'greedy', 40));
    const stalled = arrive(kept, 'g', 'greedy', 100);
    const crumb = arrive(kept, 'g', 'greedy', 1);
    vi.advanceTimersByTime(2_000);
    for (const { share } of quick) share.take(60);
    arrive(kept, 'g', 'greedy', 399);
    arrive(kept, 'other', 'modest', 10);
    expect([stalled.refusals, crumb.refusals]).toEqual([['overloaded'], []]);
    expect(quick.flatMap(({ refusals }) => refusals)).toEqual([]);
  });

  test('the many tokens of one gateway count together against another gateway', () => {
    const kept = new KeptBytes(100);
    const many = Array.from({ length: 80 }, (_, index) => arrive(kept, 'crowd', `t${index}`, 10));
    expect(arrive(kept, 'other', 'alone', 300).took).toBe(true);
    expect(many.flatMap(({ refusals }) => refusals)).toHaveLength(30);
  });

  test('nobody takes more by that than the other is left with', () => {
    const kept = new KeptBytes(100);
    for (let i = 0; i < 80; i++) arrive(kept, 'g', 'a', 10);
    const taken = Array.from({ length: 80 }, () => arrive(kept, 'g', 'b', 10).took);
    expect(taken.filter(Boolean)).toHaveLength(40);
  });

  test("a token's own bodies give way when they are stalled, and not before: else none of many would be whole", () => {
    const kept = new KeptBytes(100);
    const stalled = arrive(kept, 'g', 't', 400);
    const coming = arrive(kept, 'g', 't', 400);
    expect(arrive(kept, 'g', 't', 1).took).toBe(false);
    vi.advanceTimersByTime(2_000);
    coming.share.giveBack(400);
    coming.share.take(400);
    expect(arrive(kept, 'g', 't', 1).took).toBe(true);
    expect([stalled.refusals, coming.refusals]).toEqual([['overloaded'], []]);
  });

  test('what has arrived does not give way, but counts as kept', () => {
    const kept = new KeptBytes(100);
    const whole = arrive(kept, 'g', 'busy', 700);
    whole.share.arrived();
    const { refusals } = arrive(kept, 'g', 'modest', 100);
    expect(arrive(kept, 'g', 'busy', 1).took).toBe(false);
    expect([whole.refusals, refusals]).toEqual([[], []]);
  });

  test('calls without a token count for their gateway', () => {
    const kept = new KeptBytes(100);
    const { refusals } = arrive(kept, 'open', null, 800);
    expect(arrive(kept, 'other', 't', 1).took).toBe(true);
    expect(refusals).toEqual(['overloaded']);
  });
});

describe('a body that is slow', () => {
  /** For so many seconds, so many bytes in each. */
  const trickle = (share: { take(bytes: number): boolean }, seconds: number, bytes: number) => {
    for (let second = 0; second < seconds; second++) {
      share.take(bytes);
      vi.advanceTimersByTime(1_000);
    }
  };

  test.each([0, 499])('is refused within two minutes at %i bytes a second, and what it kept is free', (pace) => {
    const kept = new KeptBytes(1_000_000);
    const { share, refusals } = arrive(kept, 'g', 't', 0);
    trickle(share, 121, pace);
    expect(refusals).toEqual(['request_timeout']);
    expect(kept.free).toBe(8_000_000);
  });

  test.each([500, 10_000])('is waited for at %i bytes a second', (pace) => {
    const { share, refusals } = arrive(new KeptBytes(1_000_000), 'g', 't', 0);
    trickle(share, 600, pace);
    expect(refusals).toEqual([]);
  });

  test('that withholds its end is refused, however fast it came', () => {
    const { refusals } = arrive(new KeptBytes(1_000_000), 'g', 't', 1_000_000);
    vi.advanceTimersByTime(121_000);
    expect(refusals).toEqual(['request_timeout']);
  });

  test('for half a minute, in a tunnel, is waited for', () => {
    const { share, refusals } = arrive(new KeptBytes(1_000_000), 'g', 't', 0);
    for (let round = 0; round < 10; round++) {
      vi.advanceTimersByTime(29_000);
      trickle(share, 4, 10_000);
    }
    expect(refusals).toEqual([]);
  });

  test('because it is not read is waited for', () => {
    const { refusals } = arrive(new KeptBytes(1_000_000), 'g', 't', 1_000, false);
    vi.advanceTimersByTime(600_000);
    expect(refusals).toEqual([]);
  });

  test('because its worker slept is waited for', () => {
    const { share, refusals } = arrive(new KeptBytes(1_000_000), 'g', 't', 0);
    for (let sleep = 0; sleep < 20; sleep++) {
      trickle(share, 3, 10_000);
      // One late tick, however long it was.
      vi.setSystemTime(Date.now() + 600_000);
    }
    expect(refusals).toEqual([]);
  });

  test('is waited for no longer than a client may be idle', () => {
    const { refusals } = arrive(new KeptBytes(1_000_000, 5_000), 'g', 't', 0);
    vi.advanceTimersByTime(11_000);
    expect(refusals).toEqual(['request_timeout']);
  });

  test('leaves no timer behind', () => {
    const { share } = arrive(new KeptBytes(1_000), 'g', 't', 0);
    share.close();
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
