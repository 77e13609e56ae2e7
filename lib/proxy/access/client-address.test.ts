import { expect, test } from 'vitest';
import { HeaderLines } from '../headers/header-lines.ts';
import { findClientAddress, openTrustedProxies } from './client-address.ts';

const trusted = openTrustedProxies(['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '2001:db8::5']);
const CLIENT = '203.0.113.7';

function find(lines: string[], peer = '10.0.0.1', proxies = trusted) {
  return findClientAddress(peer, new HeaderLines(lines), proxies);
}
const viaList = (...values: string[]) => find(values.flatMap((value) => ['X-Forwarded-For', value]));
const viaForwarded = (...values: string[]) => find(values.flatMap((value) => ['Forwarded', value]));

test.each(['203.0.113.9', '11.0.0.1', '192.0.2.2', '2001:db8::6', '::ffff:203.0.113.9'])(
  'from %s, which is no trusted proxy, the headers say nothing',
  (peer) => {
    expect(find(['X-Forwarded-For', CLIENT, 'Forwarded', `for=${CLIENT}`], peer)).toBe(peer);
  },
);

test('without trusted proxies they say nothing, nor when the peer is gone', () => {
  expect(find(['X-Forwarded-For', CLIENT], '10.0.0.1', openTrustedProxies([]))).toBe('10.0.0.1');
  expect(findClientAddress(undefined, new HeaderLines(['X-Forwarded-For', CLIENT]), trusted)).toBeUndefined();
});

test.each(['10.0.0.1', '10.255.255.255', '192.0.2.1', 'fd12::1', '2001:db8::5', '::ffff:10.0.0.1', 'fd00::1%eth0'])(
  'from %s, a trusted proxy, they say who the client is',
  (peer) => {
    expect(find(['X-Forwarded-For', CLIENT], peer)).toBe(CLIENT);
    expect(find(['Forwarded', `for=${CLIENT}`], peer)).toBe(CLIENT);
  },
);

test.each([
  [[CLIENT], CLIENT],
  // What the client claims stands before what the proxy saw.
  [[`1.2.3.4, ${CLIENT}`], CLIENT],
  [['1.2.3.4', CLIENT], CLIENT],
  [[`1.2.3.4,10.9.9.9, ${CLIENT} ,10.2.2.2,\t192.0.2.1`], CLIENT],
  [[CLIENT, '10.2.2.2', '10.3.3.3'], CLIENT],
  [[`${CLIENT},,`], CLIENT],
  [[`${CLIENT}:51234`], CLIENT],
  [[`::ffff:${CLIENT}`], CLIENT],
  [['2a00:1450::1'], '2a00:1450::1'],
  [['[2a00:1450::1]'], '2a00:1450::1'],
  [['[2a00:1450::1]:51234, fd00::2'], '2a00:1450::1'],
  // Whoever is trusted may ask, too.
  [['10.4.4.4, 10.2.2.2'], '10.4.4.4'],
  [[''], '10.0.0.1'],
  [[','], '10.0.0.1'],
  // It is the proxy that does not say, so the client's claim before it counts as little.
  [[`${CLIENT}, unknown`], undefined],
  [[`${CLIENT}, _hidden, 10.2.2.2`], undefined],
  [[`${CLIENT}, evil.test`], undefined],
  [[`${CLIENT}, 1.2.3`], undefined],
  [[`${CLIENT}, 1.2.3.256`], undefined],
  [[`${CLIENT}, 0x7f.1`], undefined],
  [[`${CLIENT}, [::1`], undefined],
  [[`${CLIENT}, 1.2.3.4:port`], undefined],
])('X-Forwarded-For: %j names %s', (values, expected) => {
  expect(viaList(...values)).toBe(expected);
});

test.each([
  [[`for=${CLIENT}`], CLIENT],
  [[`For=${CLIENT};proto=https;by=10.0.0.1`], CLIENT],
  [[`proto=https ; FOR="${CLIENT}:51234"`], CLIENT],
  [[`for="${CLIENT}:_port"`], CLIENT],
  [['for="[2a00:1450::1]"'], '2a00:1450::1'],
  [['for="[2a00:1450::1]:51234";host="gw.example:443"'], '2a00:1450::1'],
  [[String.raw`for="\2\03.0.113.7"`], CLIENT],
  [[`for=1.2.3.4, for=${CLIENT},for=10.2.2.2`], CLIENT],
  [['for=1.2.3.4', `for=${CLIENT}`, 'for="[fd00::2]"'], CLIENT],
  [[`for=${CLIENT},,`], CLIENT],
  [[`for=${CLIENT};`], CLIENT],
  // A comma or another `for` in a quoted text is text.
  [[`for=1.2.3.4;host="a,for=5.6.7.8", for=${CLIENT};host="b, for=5.6.7.8"`], CLIENT],
  [[''], '10.0.0.1'],
  [[`for=${CLIENT}, for=unknown`], undefined],
  [[`for=${CLIENT}, for=_hidden`], undefined],
  [[`for=${CLIENT}, for="_hidden:1234", for=10.2.2.2`], undefined],
  [[`for=${CLIENT}, proto=https`], undefined],
  // What a client leaves open swallows what the proxy appends; then nobody is named instead of somebody else.
  [[`for="1.2.3.4, for=${CLIENT}`], undefined],
  [[`for=1.2.3.4;x=", for="${CLIENT}"`], undefined],
  [[`for=1.2.3.4 x, for=${CLIENT}`], undefined],
  [[`for=1.2.3.4;x=", for=${CLIENT}`, 'for=10.2.2.2'], undefined],
  [['for=2a00:1450::1, =, for=x'], undefined],
])('Forwarded: %j names %s', (values, expected) => {
  expect(viaForwarded(...values)).toBe(expected);
});

test('of both headers, which a proxy may pass on as the client wrote one of them, each must say the same', () => {
  const both = (list: string, forwarded: string) => find(['X-Forwarded-For', list, 'Forwarded', forwarded]);
  expect(both(`1.2.3.4, ${CLIENT}`, `for=5.6.7.8, for="${CLIENT}:1"`)).toBe(CLIENT);
  expect(both(CLIENT, 'for=1.2.3.4')).toBeUndefined();
  expect(both('1.2.3.4', `for=${CLIENT}`)).toBeUndefined();
  expect(both(CLIENT, 'for=unknown')).toBeUndefined();
  expect(both(CLIENT, 'proto=https')).toBeUndefined();
});

test('a header that is as long as can be is read like any other', () => {
  expect(viaList(`${CLIENT},${'10.0.0.9,'.repeat(1_700)}`)).toBe(CLIENT);
  expect(viaForwarded('for="'.repeat(3_000))).toBeUndefined();
});
