import { expect, test } from 'vitest';
import { formatDateTime } from './format-date-time.ts';

test.each([
  ['2025-06-01T16:35:03.999Z', 'Asia/Ho_Chi_Minh', '01/06/2025 23:35:03'],
  ['2025-06-01T17:00:00Z', 'Asia/Ho_Chi_Minh', '02/06/2025 00:00:00'],
  ['2025-12-31T23:59:59Z', 'UTC', '31/12/2025 23:59:59'],
  ['2025-01-02T03:04:05Z', 'America/New_York', '01/01/2025 22:04:05'],
])('%s in %s is %s', (instant, timeZone, text) => {
  expect(formatDateTime(new Date(instant), timeZone)).toBe(text);
});
