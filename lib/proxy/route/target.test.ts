import { expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { parseTarget } from './target.ts';

const GATEWAY_HOST = 'user-1-demo.gw.example';
const parse = (target: string, ...hosts: string[]) =>
  parseTarget(target, new HeaderLines(hosts.flatMap((host) => ['Host', host])), 'gw.example');

test.each([
  ['/deepseek/m/chat', GATEWAY_HOST, '/deepseek/m/chat'],
  ['/deepseek/m/chat', 'USER-1-Demo.GW.example:8080', '/deepseek/m/chat'],
  ['/deepseek/m/chat', `${GATEWAY_HOST}.`, '/deepseek/m/chat'],
  ['/', GATEWAY_HOST, '/'],
  ['/gateway/user-1-demo/deepseek/m', 'console.example', '/deepseek/m'],
  ['/gateway/USER-1-Demo/deepseek/m', 'localhost:3000', '/deepseek/m'],
  ['/gateway/user-1-demo', '[::1]:3000', '/'],
  // On a gateway's host the path form is not looked for.
  ['/gateway/user-1-other/deepseek/m', GATEWAY_HOST, '/gateway/user-1-other/deepseek/m'],
  [`http://${GATEWAY_HOST}/deepseek/m`, GATEWAY_HOST, '/deepseek/m'],
])('%s on %s is for the gateway, path %s', (target, host, path) => {
  const gateway = { kind: 'gateway', slug: 'user-1-demo', root: expect.any(String), path, query: '', ticket: null };
  expect(parse(target, host)).toEqual(gateway);
});

test.each([
  ['/deepseek/m', GATEWAY_HOST, `//${GATEWAY_HOST}`],
  ['/deepseek/m', 'USER-1-Demo.GW.example:8080', '//USER-1-Demo.GW.example:8080'],
  ['/gateway/USER-1-Demo/deepseek/m', 'localhost:3000', '//localhost:3000/gateway/user-1-demo'],
])('the gateway of %s on %s is at %s', (target, host, root) => {
  expect(parse(target, host)).toMatchObject({ root });
});

test.each(['/v1/models/deepseek%2Fm', '/v1/models/deepseek%2fm', '/v1/v1/models/deepseek%2Fm'])(
  'the id in %s is read with its slash',
  (target) => {
    const path = target.replace(/%2f/i, '/');
    expect(parse(target, GATEWAY_HOST)).toMatchObject({ path });
    expect(parse(`/gateway/user-1-demo${target}`, 'console.example')).toMatchObject({ path });
  },
);

test.each([
  '/v1/models/..%2f..%2fadmin',
  '/v1/models/a%2f..%2fb',
  '/v1/models/a%2f%2e%2e%2fb',
  '/v1/models/a%5cb',
  '/v1/models%2fa',
  '/v1/modelsx/a%2fb',
  '/v1/chat%2fcompletions',
  '/v1beta/models/a%2fb',
  '/deepseek/m/v1/models/a%2fb',
])('an encoded slash in %s is malformed as ever', (target) => {
  expect(parse(target, GATEWAY_HOST)).toMatchObject({ kind: 'own_answer', code: 'invalid_request' });
});

test.each([
  ['?a=1&latchkey-ticket=abc_-9', '?a=1', 'abc_-9'],
  ['?latchkey-ticket=abc', '', 'abc'],
  ['?latchkey-ticket=abc&a=1', '?latchkey-ticket=abc&a=1', null],
  ['?x=latchkey-ticket=abc', '?x=latchkey-ticket=abc', null],
])('of the query %s there goes on %j, and the ticket is %j', (target, query, ticket) => {
  expect(parse(`/gemini/m${target}`, GATEWAY_HOST)).toMatchObject({ query, ticket });
});

test('query bytes stay as they came', () => {
  const query = '?a=%zz&b;c&d=../..&e=\\&f=?';
  expect(parse(`/deepseek/m${query}`, GATEWAY_HOST)).toMatchObject({ path: '/deepseek/m', query });
});

test.each([
  ['/gateways', 'console.example'],
  ['/gateway', 'console.example'],
  ['/', 'gw.example'],
  ['/', 'user-1-demo.gw.example.evil.test'],
  ['/', 'xgw.example'],
  ['/sign-in?callbackUrl=/a/../b//c', 'console.example'],
  ['/_next/static/chunks/%5Broot%5D__a~1.b-2_c.js', 'console.example'],
  ['/gateways/x%20y/%C3%A9/', 'console.example'],
])('%s on %s is for the console', (target, host) => {
  expect(parse(target, host)).toEqual({ kind: 'console', host, address: target });
});

test.each([
  '/deepseek/../x',
  '/deepseek/..',
  '/./deepseek/m',
  '/deepseek/..;/x',
  '/deepseek/..%3b/x',
  '/deepseek/%2e%2e/x',
  '/deepseek/.%2E/x',
  '/deepseek/m%2fx',
  '/deepseek/m%5Cx',
  '/deepseek\\m',
  '/deepseek/%00',
  '/deepseek/m%0d%0aX',
  '/deepseek/mô-hình',
])('the path %s of a gateway is malformed', (path) => {
  expect(parse(path, GATEWAY_HOST)).toMatchObject({ kind: 'own_answer', code: 'invalid_request' });
  expect(parse(`/gateway/user-1-demo${path}`, 'console.example')).toMatchObject({ code: 'invalid_request' });
});

/** Each is another way to write `/gateway/user-1-demo/deepseek/m`, or leads there where dots are resolved. */
const OTHER_WAYS = [
  '/./gateway/user-1-demo/deepseek/m',
  '/%2e/gateway/user-1-demo/deepseek/m',
  '/%2E/gateway/user-1-demo/deepseek/m',
  '/a/../gateway/user-1-demo/deepseek/m',
  '/a/%2e%2e/gateway/user-1-demo/deepseek/m',
  '/a/.%2e/gateway/user-1-demo/deepseek/m',
  '/a/b/../../gateway/user-1-demo/deepseek/m',
  '/sign-in/../gateway/user-1-demo/deepseek/m',
  '/../gateway/user-1-demo/deepseek/m',
  '/..;/gateway/user-1-demo/deepseek/m',
  '/.;x/gateway/user-1-demo/deepseek/m',
  '//gateway/user-1-demo/deepseek/m',
  '///gateway/user-1-demo/deepseek/m',
  '/gateway//user-1-demo/deepseek/m',
  '/gateway/./user-1-demo/deepseek/m',
  '/gateway/a/../user-1-demo/deepseek/m',
  '/gateway/../gateway/user-1-demo/deepseek/m',
  '/gateway/%2e/user-1-demo/deepseek/m',
  '/gateway/..%2fgateway/user-1-demo/deepseek/m',
  '/\\gateway/user-1-demo/deepseek/m',
  '/gateway\\user-1-demo/deepseek/m',
  '/gateway%2fuser-1-demo/deepseek/m',
  '/gateway%2Fuser-1-demo%2Fdeepseek%2Fm',
  '/gateway%5cuser-1-demo/deepseek/m',
  '/%2fgateway/user-1-demo/deepseek/m',
  '/%67ateway/user-1-demo/deepseek/m',
  '/gatewa%79/user-1-demo/deepseek/m',
  '/GATEWA%59/user-1-demo/deepseek/m',
  '/gateway/%75ser-1-demo/deepseek/m',
  '/gateway/user%2d1-demo/deepseek/m',
  '/gateway/user-%31-demo/deepseek/m',
  '/gateway/user%5F1/deepseek/m',
  '/gateway/user%7E1/deepseek/m',
  '/gateway/user-1-demo%00/deepseek/m',
  '/gateway%00/user-1-demo/deepseek/m',
  '/gateway%0a/user-1-demo/deepseek/m',
  '/gatewáy/user-1-demo/deepseek/m',
];

test.each(OTHER_WAYS)(
  '%s is an address with two readings, and malformed where the console shares the host',
  (target) => {
    const malformed = { kind: 'own_answer', code: 'invalid_request', status: 400 };
    expect(parse(target, 'console.example')).toMatchObject(malformed);
    expect(parse(`http://console.example${target}`, 'console.example')).toMatchObject(malformed);
    expect(parse(`${target}?a=b`, 'console.example')).toMatchObject(malformed);
  },
);

test.each(['/sign-in/..', '/./', '/a//b', '/%', '/%zz', '/a%2', '/%ff', '/%c3', '/%ed%a0%80', '/%61'])(
  '%s is a page of the console only in normal form',
  (target) => {
    expect(parse(target, 'console.example')).toMatchObject({ kind: 'own_answer', code: 'invalid_request' });
  },
);

test('what follows a gateway’s name is its own, also where it is not in normal form', () => {
  const path = '/deepseek/m//x/%7Euser';
  expect(parse(`/gateway/user-1-demo${path}`, 'console.example')).toMatchObject({ kind: 'gateway', path });
  expect(parse(path, GATEWAY_HOST)).toMatchObject({ kind: 'gateway', path });
});

test.each(['*', 'deepseek/m', '/deepseek/m#x', '/deepseek/m\0', 'http://other.test/deepseek/m', 'ftp://x/y', ''])(
  'the request-target %j is malformed',
  (target) => {
    expect(parse(target, GATEWAY_HOST)).toMatchObject({ kind: 'own_answer', code: 'invalid_request' });
  },
);

test.each([
  ['no Host', []],
  ['two Hosts', [GATEWAY_HOST, GATEWAY_HOST]],
  ['an empty Host', ['']],
  ['a Host with a path', ['gw/#@evil']],
  ['a Host with user information', ['a@gw.example']],
  ['a list of Hosts', ['gw.example, evil.test']],
  ['a Host with a port that is none', ['gw.example:80a']],
])('%s is malformed', (_name, hosts) => {
  expect(parse('/', ...hosts)).toMatchObject({ kind: 'own_answer', code: 'invalid_request' });
});

test.each([
  ['/x', 'a.b.gw.example', 'a.b'],
  ['/gateway/%3Cscript%3E/x', 'console.example', '%3cscript%3e'],
  [`/gateway/${'x'.repeat(300)}/x`, 'console.example', 'x'.repeat(128)],
])('%s on %s names no gateway, and the answer says which', (target, host, name) => {
  const refusal = parse(target, host);
  expect(refusal).toMatchObject({ kind: 'own_answer', code: 'gateway_not_found' });
  expect(String(refusal.kind === 'own_answer' && refusal.body)).toContain(`Gateway \\"${name}\\" was not found.`);
});

test.each([generateToken(), generateToken().toUpperCase(), generateToken().replace('_', '%5F')])(
  'a token is no name of a gateway, and not repeated: %s',
  (token) => {
    const asHost = parse('/x', `${decodeURIComponent(token)}.gw.example`);
    const asPath = parse(`/gateway/${token}/x`, 'console.example');
    expect(asHost).toMatchObject({ code: 'gateway_not_found' });
    expect(asPath).toMatchObject({ code: token.includes('%') ? 'invalid_request' : 'gateway_not_found' });
    for (const refusal of [asHost, asPath]) {
      expect(refusal).toMatchObject({ kind: 'own_answer' });
      expect(String(refusal.kind === 'own_answer' && refusal.body)).not.toContain(token.slice(-40).toLowerCase());
    }
  },
);
