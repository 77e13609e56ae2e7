import { expect, test } from 'vitest';
import { openKeyRing } from './key-ring.ts';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');

test('a key sealed for a provider opens for that provider only', () => {
  const ring = openKeyRing(NEW);
  const sealed = ring.seal('sk-provider', 'a');
  expect(ring.open(sealed, 'a')).toBe('sk-provider');
  expect(() => ring.open(sealed, 'b')).toThrow();
});

test('during a rotation, keys of the secret before open and new ones are sealed under the new secret', () => {
  const sealed = openKeyRing(OLD).seal('sk-provider', 'a');
  const ring = openKeyRing(NEW, OLD);
  expect(ring.open(sealed, 'a')).toBe('sk-provider');
  expect(ring.seal('x', 'a').keyVersion).toBe(openKeyRing(NEW).version);
  expect(sealed.keyVersion).not.toBe(ring.version);
});

test('a key of an unknown secret does not open, and the error does not show it', () => {
  const sealed = openKeyRing(OLD).seal('sk-provider', 'a');
  expect(() => openKeyRing(NEW).open(sealed, 'a')).toThrow(/not configured/);
});
