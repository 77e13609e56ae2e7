import { expect, test } from 'vitest';
import { signInNetworkOf } from './sign-in-network.ts';

test.each([
  '203.0.113.7',
  '::ffff:203.0.113.7',
  '::FFFF:203.0.113.7',
  '::ffff:cb00:7107',
  '0:0:0:0:0:ffff:203.0.113.7',
  '0000:0000:0000:0000:0000:ffff:cb00:7107',
])('%s is an IPv4 address', (address) => {
  expect(signInNetworkOf(address)).toEqual({ network: '203.0.113.7', site: null });
});

test.each([
  '2001:db8:1:2::',
  '2001:db8:1:2::1',
  '2001:DB8:1:2:ffff:ffff:ffff:ffff',
  '2001:0db8:0001:0002::203.0.113.7',
])('the host of %s has its whole /64, and its customer the /48', (address) => {
  expect(signInNetworkOf(address)).toEqual({ network: '2001:db8:1:2::/64', site: '2001:db8:1::/48' });
});

test('a neighbour is another, and a zone is none', () => {
  expect(signInNetworkOf('2001:db8:1:3::1')).toEqual({ network: '2001:db8:1:3::/64', site: '2001:db8:1::/48' });
  expect(signInNetworkOf('fe80::1%eth0')).toEqual(signInNetworkOf('fe80::2%eth1'));
});

test.each([
  '',
  'unknown',
  'client.example',
  '1.2.3.4.5',
  '203.0.113.7:80',
  '[::1]',
  '::g',
  '1',
  '0x7f.0.0.1',
  '010.0.0.1',
])('%j is nowhere', (address) => {
  expect(signInNetworkOf(address)).toBeNull();
});
