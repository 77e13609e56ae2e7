import { z } from 'zod';

const DAY_MS = 86_400_000;

const MOST_DAYS = 3_650;

/** Later days are no four-digit years any more in some time zone (ISO 8601), and nobody means them. */
export const LAST_EXPIRY_DAY = '9998-12-31';

const LAST_EXPIRY_MS = Date.parse('9999-01-02T00:00:00Z');

/** A moment (ISO 8601), or so many days from when the server is asked; null: never. */
export type ExpiryInput = string | { days: number } | null;

/** A moment that has not come yet, by the server's clock; null: never. */
export const expirySchema = z
  .union([
    z.object({ days: z.int().min(1).max(MOST_DAYS) }).transform(({ days }) => new Date(Date.now() + days * DAY_MS)),
    z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .refine((at) => at.getTime() > Date.now(), 'expiryPast')
      .refine((at) => at.getTime() < LAST_EXPIRY_MS, 'expiryFar'),
  ])
  .nullable();

/** When that is, if it is asked for now: ISO 8601. */
export function momentOf(input: ExpiryInput, now: number): string | null {
  return input !== null && typeof input === 'object' ? new Date(now + input.days * DAY_MS).toISOString() : input;
}
