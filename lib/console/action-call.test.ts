import { expect, test } from 'vitest';
import { isActionCall } from './action-call.ts';

test.each(['[]', '[{"ids":["a"]}]', '[{"gatewayId":"$undefined","key":"$$money"}]', '["a $ inside"]', '["__proto__"]'])(
  '%s is a call',
  (body) => {
    expect(isActionCall(body)).toBe(true);
  },
);

test('a megabyte of values is not looked through', () => {
  for (const body of [
    `[[${'1,'.repeat(400_000)}1]]`,
    `[[${'{},'.repeat(300_000)}{}]]`,
    '['.repeat(2_000) + ']'.repeat(2_000),
  ]) {
    expect([body.slice(0, 9), isActionCall(body)]).toEqual([body.slice(0, 9), body.startsWith('[[[')]);
  }
  expect(isActionCall(JSON.stringify([{ ids: Array(10_000).fill('0198c3c5-7a1b-7c3d-8e4f-5a6b7c8d9e0f') }]))).toBe(
    true,
  );
});

test.each([
  '',
  '[',
  '{}',
  '"text"',
  'null',
  '["$F1"]',
  '["$undefinedx"]',
  '[{"a":["$@1"]}]',
  '[{"__proto__":1}]',
  '\0',
  JSON.stringify(Array(11).fill({})),
])('%j is none', (body) => {
  expect(isActionCall(body)).toBe(false);
});
