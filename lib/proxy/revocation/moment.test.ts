import { afterEach, expect, test, vi } from 'vitest';
import { elapsedMsSince, isWithin, NEVER, thisMoment } from './moment.ts';

afterEach(() => {
  vi.useRealTimers();
});

const START_MS = 1_800_000_000_000;

/** What the two clocks say after `monotonicMs` and `wallMs`. */
function after(monotonicMs: number, wallMs: number) {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: START_MS });
  const moment = thisMoment();
  vi.advanceTimersByTime(monotonicMs);
  vi.setSystemTime(START_MS + wallMs);
  return moment;
}

test.each([
  ['nothing happened', 1_000, 1_000, true],
  ['the time is over', 1_400, 1_400, false],
  ['the process slept, or collected garbage', 5_000, 5_000, false],
  ['the machine was suspended, and its monotonic clock stood still', 10, 3_600_000, false],
  ['the wall clock was set forward', 10, 86_400_000, false],
  ['the wall clock was set back', 5_000, 10, false],
  ['the machine was suspended, and the wall clock was set back behind that', 10, -60_000, false],
])('when %s, less than 1.4 s have certainly passed: after %i ms and %i ms, %s', (_what, monotonic, wall, expected) => {
  expect(isWithin(after(monotonic, wall), 1_400)).toBe(expected);
});

test('of two clocks the one that went further says how long ago something was', () => {
  expect(elapsedMsSince(after(10, 3_600_000))).toBe(3_600_000);
  expect(elapsedMsSince(after(5_000, -60_000))).toBe(5_000);
});

test('what never was is not within any time', () => {
  expect(isWithin(NEVER, Number.MAX_SAFE_INTEGER)).toBe(false);
  expect(elapsedMsSince(NEVER)).toBe(Number.POSITIVE_INFINITY);
});
