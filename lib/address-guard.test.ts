import { once } from 'node:events';
import { createServer } from 'node:net';
import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { ForbiddenAddressError, guardedConnector, isAllowlisted, isPublicAddress } from '#lib/address-guard.ts';

test.each(['8.8.8.8', '1.1.1.1', '168.63.129.17', '161.27.0.1', '166.12.0.1', '2606:4700::1111', '2a00:1450::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  '127.0.0.1',
  '127.255.0.1',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '161.26.0.10',
  '166.8.0.1',
  '166.11.255.255',
  '183.60.83.19',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  '4000::1',
  'localhost',
  '',
])('%j is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  ['http://localhost', true],
  ['http://LOCALHOST:8080', true],
  ['http://127.0.0.1:9000', true],
  ['http://127.0.0.1:9001', false],
  ['http://[::1]', true],
  ['http://localhost.evil.test', false],
  ['https://secure.test', true],
  ['https://secure.test:443', true],
  ['http://secure.test', false],
  ['https://secure.test:8443', false],
  ['http://plain.test', true],
  ['https://plain.test', false],
])('%s is named by the allowlist: %s', (address, answer) => {
  const allowlist = ['localhost', '127.0.0.1:9000', '::1', 'secure.test:443', 'plain.test:80'];
  expect(isAllowlisted(allowlist, new URL(address))).toBe(answer);
});

test.each(['127.0.0.1', '[::ffff:127.0.0.1]', 'localhost', '2130706433', '0x7f.1', '127.1'])(
  '%s is not dialled unless the allowlist names it',
  async (host) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const dispatcher = new Agent({ connect: guardedConnector([], 1_000) });
    await expect(request(`http://${host}:${port}/`, { dispatcher })).rejects.toThrow(ForbiddenAddressError);
    await dispatcher.close();
    server.close();
  },
);
