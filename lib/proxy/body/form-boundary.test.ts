import { expect, test } from 'vitest';
import { boundaryOf } from './form-boundary.ts';

test.each([
  ['multipart/form-data; boundary=B', { kind: 'boundary', boundary: 'B' }],
  ['Multipart/Form-Data; charset=utf-8; boundary="a b"', { kind: 'boundary', boundary: 'a b' }],
  [
    'multipart/form-data; boundary="4b39ed14-752b-480a-9846-fc0019132d15"',
    { kind: 'boundary', boundary: '4b39ed14-752b-480a-9846-fc0019132d15' },
  ],
  ['multipart/form-data;boundary=----=_Part_0_1.2', { kind: 'boundary', boundary: '----=_Part_0_1.2' }],
  ['multipart/form-data; boundary=B;', { kind: 'boundary', boundary: 'B' }],
  ['multipart/form-data;; boundary=B; ; x-y.z=1', { kind: 'boundary', boundary: 'B' }],
  ['multipart/form-data', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=A; boundary=B', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=A; Boundary=B', { kind: 'ambiguous' }],
  ["multipart/form-data; boundary=A; boundary*=utf-8''B", { kind: 'ambiguous' }],
  ["multipart/form-data; boundary*=utf-8''B", { kind: 'ambiguous' }],
  ['multipart/form-data; boundary*0=B', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=B,x', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary = B', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary="a\\"b"', { kind: 'ambiguous' }],
  ['multipart/form-data; boundary=a b', { kind: 'ambiguous' }],
  [`multipart/form-data; boundary=${'x'.repeat(71)}`, { kind: 'ambiguous' }],
  ['multipart/form-data-x; boundary=B', null],
  ['application/json; boundary=B', null],
  [undefined, null],
])('the boundary of %s is %j', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toEqual(boundary);
});
