import { expect, test } from 'vitest';
import { ChangeLog } from './change-log.ts';

test('a change counts for what was read before it, of that subject only', () => {
  const log = new ChangeLog();
  const before = log.now;
  log.noteChange('token', 'a');
  expect(log.hasChangedSince(before, 'a')).toBe(true);
  expect(log.hasChangedSince(before, 'b')).toBe(false);
  expect(log.hasChangedSince(log.now, 'a')).toBe(false);
});

test('when all may have changed, everything that was read before is out', () => {
  const log = new ChangeLog();
  const before = log.now;
  log.noteAllChanged();
  expect(log.hasChangedSince(before, 'a')).toBe(true);
  expect(log.hasAllChangedSince(before)).toBe(true);
  expect(log.hasChangedSince(log.now, 'a')).toBe(false);
});

test('with more changes than it remembers it forgets none: it takes all to have changed', () => {
  const log = new ChangeLog();
  const before = log.now;
  log.noteChange('token', 'first');
  for (let i = 0; i < 200_000; i++) log.noteChange('token', String(i));
  expect(log.hasChangedSince(before, 'first')).toBe(true);
});
