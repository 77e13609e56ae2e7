import { expect, test } from 'vitest';
import { isActionCall } from './action-call.ts';

test.each(['[]', '[{"ids":["a"]}]', '[{"gatewayId":"$undefined","key":"$$money"}]', '["a $ inside"]', '["__proto__"]'])(
  '%s is a call',
  (body) => {
    expect(isActionCall(body)).toBe(true);
  },
);

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
