import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expirySchema, LAST_EXPIRY_DAY, momentOf } from './expiry.ts';

const NOW = '2026-11-25T12:00:00.000Z';

beforeEach(() => vi.useFakeTimers({ now: new Date(NOW) }));
afterEach(() => vi.useRealTimers());

const read = (input: unknown) => expirySchema.safeParse(input).data;

test('days are counted from when the server is asked', () => {
  expect(read({ days: 7 })).toEqual(new Date('2026-12-02T12:00:00Z'));
  expect(momentOf({ days: 7 }, Date.parse(NOW))).toBe('2026-12-02T12:00:00.000Z');
});

test('a moment is taken as it is, never is never', () => {
  expect(read('2026-11-25T14:00:00+01:00')).toEqual(new Date('2026-11-25T13:00:00Z'));
  expect(read(null)).toBeNull();
});

// The end of the last day, from the first to the last time zone that there is.
test.each(['+14:00', '+05:30', 'Z', '-12:00'])('the last day ends in time, in %s too', (zone) => {
  expect(read(`${LAST_EXPIRY_DAY}T23:59:59.999${zone}`)).toBeInstanceOf(Date);
});

test.each([
  NOW,
  '2026-11-25T11:59:59Z',
  '9999-06-01T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '2027-02-30T00:00:00Z',
  '2027-01-01',
  'tomorrow',
  { days: 0 },
  { days: 1.5 },
  { days: 3_651 },
  { days: '7' },
  {},
  7,
  undefined,
])('%j is none', (input) => {
  expect(expirySchema.safeParse(input).success).toBe(false);
});
