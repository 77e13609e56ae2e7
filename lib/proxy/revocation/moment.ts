/**
 * A moment on two clocks, because each alone can hide that time has passed. The monotonic one (CLOCK_MONOTONIC) stands
 * still while the machine is suspended; the wall's goes on then, but may be set to any time at any moment. One that
 * counts a suspension and cannot be set (CLOCK_BOOTTIME) Node reads from a file only, which is too dear for each call.
 */
export type Moment = { readonly monotonicMs: number; readonly wallMs: number };

/** Before everything. */
export const NEVER: Moment = { monotonicMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY };

export function thisMoment(): Moment {
  return { monotonicMs: performance.now(), wallMs: Date.now() };
}

/** How long ago a moment was, at least: what the clock says that has gone further. */
export function elapsedMsSince({ monotonicMs, wallMs }: Moment): number {
  return Math.max(performance.now() - monotonicMs, Date.now() - wallMs);
}

/**
 * Whether a moment was certainly less than so long ago. A wall clock that was set forward says no, which costs a look
 * at the database; one that is behind the moment was set back, and hides how long the machine has slept.
 */
export function isWithin({ monotonicMs, wallMs }: Moment, limitMs: number): boolean {
  if (performance.now() - monotonicMs >= limitMs) return false;
  const byTheWallMs = Date.now() - wallMs;
  return byTheWallMs >= 0 && byTheWallMs < limitMs;
}
