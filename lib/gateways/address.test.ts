import { expect, test } from 'vitest';
import { firstFormOf, gatewayAddresses } from './address.ts';

test('both forms have the scheme and port of the console', () => {
  expect(gatewayAddresses('user-123456-demo-gateway', 'http://localhost:3000', 'ai-gateway.localhost')).toEqual({
    hostForm: 'http://user-123456-demo-gateway.ai-gateway.localhost:3000',
    pathForm: 'http://localhost:3000/gateway/user-123456-demo-gateway',
  });
  expect(gatewayAddresses('user-1-a', 'https://console.example.com', 'gw.example.com').hostForm).toBe(
    'https://user-1-a.gw.example.com',
  );
});

test('a slug that is too long for a host name has no host form', () => {
  expect(gatewayAddresses(`user-1-${'a'.repeat(57)}`, 'https://a.example', 'b.example').hostForm).toBeNull();
});

test.each([
  ['user-1-demo-gateway', 'gw.example.com', 'hostForm'],
  ['user-1-demo-gateway', 'localhost.example.com', 'hostForm'],
  ['user-1-demo-gateway', 'ai-gateway.localhost', 'pathForm'],
  [`user-1-${'a'.repeat(57)}`, 'gw.example.com', 'pathForm'],
])('code for %s below %s begins with the %s', (slug, domain, form) => {
  expect(firstFormOf(gatewayAddresses(slug, 'http://localhost:3000', domain))).toBe(form);
});
