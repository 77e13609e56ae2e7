import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';
import { sendRaw } from '#testing/raw-http.ts';

/** Beside what `token` and `credential-headers` hold: forms and places in which a token is none, or not this gateway's. */
const CARRIERS = ['cf-aig-authorization', 'authorization', 'x-api-key', 'x-goog-api-key', 'api-key'] as const;

const valueIn = (carrier: string, token: string) => (carrier.endsWith('authorization') ? `Bearer ${token}` : token);

/** As bytes of UTF-8, which is what clients send beyond ASCII. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

const swapCase = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));

const CHECKSUM = 6;

/** What is made of a good token. */
const FORMS: [string, (token: string) => string][] = [
  ['in upper case', (token) => token.toUpperCase()],
  ['with its case swapped', swapCase],
  ['with its prefix in upper case', (token) => token.replace('lk_', 'LK_')],
  ['without its prefix', (token) => token.slice(3)],
  ['with its prefix twice', (token) => `lk_${token}`],
  ['with another prefix', (token) => token.replace('lk_', 'sk_')],
  ['with a hyphen for its underscore', (token) => token.replace('_', '-')],
  ['with the checksum of another', (token) => token.slice(0, -CHECKSUM) + generateToken().slice(-CHECKSUM)],
  ['with the text of another', (token) => generateToken().slice(0, -CHECKSUM) + token.slice(-CHECKSUM)],
  ['backwards', (token) => [...token].reverse().join('')],
  ['twice', (token) => token + token],
  ['twice with a comma', (token) => `${token}, ${token}`],
  ['before a comma', (token) => `${token},`],
  ['before a semicolon', (token) => `${token};`],
  ['before one more letter', (token) => `${token}0`],
  ['before a byte of Latin-1', (token) => `${token}\xe9`],
  ['before a space that does not break', (token) => `${token}\xa0`],
  ['before an encoded NUL', (token) => `${token}%00`],
  ['before an encoded line end', (token) => `${token}%0d%0a`],
  ['before invisible characters', (token) => token + utf8('\u200b\u2060')],
  ['behind a byte order mark', (token) => utf8('\ufeff') + token],
  ['with a letter of Cyrillic', (token) => utf8(token.replace('k', 'к'))],
  ['with a letter of Greek', (token) => utf8(token.replace('k', 'κ'))],
  ['with the sign for Kelvin', (token) => utf8(token.replace('k', '\u212a'))],
  ['with a digit for a letter', (token) => token.replace('l', '1')],
  ['with a letter that joins', (token) => utf8(token.replace('k', 'k\u0301'))],
  ['in quotes', (token) => `"${token}"`],
  ['in angle brackets', (token) => `<${token}>`],
  ['in base64', (token) => Buffer.from(token).toString('base64')],
  ['in hexadecimal', (token) => Buffer.from(token).toString('hex')],
  ['percent-encoded whole', (token) => Buffer.from(token).toString('hex').replace(/../g, '%$&')],
  ['as a pair with a name', (token) => `user:${token}`],
  ['as a parameter', (token) => `token=${token}`],
];

/** A good token where nobody may look for it. */
const PLACES: [string, (token: string) => { headers?: string[]; path?: string }][] = [
  ...[
    'Token',
    'ApiKey',
    'Key',
    'Digest',
    'Negotiate',
    'JWT',
    'Bearer:',
    'Bearer,',
    'xBearer',
    'Bearer2',
    'BearerToken',
  ].map((scheme): (typeof PLACES)[number] => [
    `Authorization: ${scheme}`,
    (token) => ({ headers: ['authorization', `${scheme} ${token}`] }),
  ]),
  ['Authorization without a scheme', (token) => ({ headers: ['authorization', token] })],
  ['Basic as the user', (token) => ({ headers: ['authorization', `Basic ${btoa(`${token}:`)}`] })],
  ['Basic as the password', (token) => ({ headers: ['authorization', `Basic ${btoa(`:${token}`)}`] })],
  ['Basic not encoded', (token) => ({ headers: ['authorization', `Basic ${token}`] })],
  ['x-api-key with a scheme', (token) => ({ headers: ['x-api-key', `Bearer ${token}`] })],
  ...[
    'proxy-authorization',
    'x-authorization',
    'x-auth-token',
    'x-access-token',
    'x-forwarded-authorization',
    'x-original-authorization',
    'authentication',
    'apikey',
    'api_key',
    'x_api_key',
    'x-apikey',
    'openai-api-key',
    'anthropic-api-key',
    'x-amz-security-token',
    'from',
    'referer',
    'user-agent',
    'x-http-authorization',
    'http-authorization',
    'sec-websocket-protocol',
  ].map((name): (typeof PLACES)[number] => [name, (token) => ({ headers: [name, token] })]),
  ...['access_token', 'api_key', 'api-key', 'token', 'authorization', 'x-api-key', 'x-goog-api-key', 'lk'].map(
    (name): (typeof PLACES)[number] => [
      `the parameter ${name}`,
      (token) => ({ path: `/deepseek/deepseek-chat/chat/completions?${name}=${token}` }),
    ],
  ),
];

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  /** Tokens of others, good there. */
  const foreign = { sameName: '', sibling: '' };
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { fixtures, account } = world;
    const { id: strangerId } = await fixtures.addAccount();
    const sameName = await fixtures.addGateway(strangerId, 'demo-gateway');
    foreign.sameName = (await fixtures.addToken({ accountId: strangerId, gatewayId: sameName.id })).token;
    const sibling = await fixtures.addGateway(account.id, 'sibling-gateway');
    foreign.sibling = (await fixtures.addToken({ accountId: account.id, gatewayId: sibling.id })).token;
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  async function expectRefused(headers: string[], path?: string): Promise<void> {
    const answer = await world.call({ headers, ...(path && { path }) });
    expect([headers.join(': '), answer.status]).toEqual([headers.join(': '), 401]);
    expect(answer.text).not.toContain(world.token);
    expect(world.upstream.requests).toHaveLength(0);
  }

  test.each(FORMS)('a token %s is none, in any header', async (_form, make) => {
    for (const carrier of CARRIERS) await expectRefused([carrier, valueIn(carrier, make(world.token))]);
  });

  test.each(PLACES)('a token in %s is none', async (_place, make) => {
    const { headers = [], path } = make(world.token);
    await expectRefused(headers, path);
  });

  test.each(['sameName', 'sibling'] as const)(
    'a token of another gateway (%s) is none, in any header',
    async (which) => {
      for (const carrier of CARRIERS) await expectRefused([carrier, valueIn(carrier, foreign[which])]);
    },
  );

  test('of two tokens in two headers one counts, whatever comes first in the request', async () => {
    for (const [index, first] of CARRIERS.entries()) {
      for (const second of CARRIERS.slice(index + 1)) {
        for (const other of Object.values(foreign)) {
          const good = valueIn(second, world.token);
          await expectRefused([first, valueIn(first, other), second, good]);
          await expectRefused([second, good, first, valueIn(first, other)]);
          const headers = [second, valueIn(second, other), first, valueIn(first, world.token)];
          expect((await world.call({ headers })).status).toBe(200);
          expect(world.upstream.requests[0]?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
          expect(world.upstream.receivedText()).not.toContain(other);
          world.upstream.reset();
        }
      }
    }
  });

  test.each<[string, (token: string) => string[], string?]>([
    ['folded into a second line', (token) => ['Authorization: Bearer', ` ${token}`]],
    ['behind a space before the colon', (token) => [`Authorization : Bearer ${token}`]],
    ['behind a NUL', (token) => [`Authorization: Bearer \0${token}`]],
    ['behind a bare carriage return', (token) => [`X-Note: a\rAuthorization: Bearer ${token}`]],
    ['in the name of a header', (token) => [`${token}: 1`]],
  ])('a token %s is none', async (_where, lines) => {
    const head = world.rawHead([...lines(world.token), 'Content-Length: 0', 'Connection: close'], { token: false });
    const { status, body } = await sendRaw(world.server.port, head);
    expect([400, 401]).toContain(status);
    expect(body).not.toContain(world.token);
    expect(world.upstream.requests).toHaveLength(0);
  });

  test('a token as the user of an absolute address is none', async () => {
    const { server, gateway, token } = world;
    const target = `http://${token}@127.0.0.1:${server.port}/gateway/${gateway.slug}/deepseek/deepseek-chat/chat`;
    const { status, headers, body } = await sendRaw(
      server.port,
      world.rawHead(['Content-Length: 0', 'Connection: close'], { token: false, target }),
    );
    // Next's server by itself sends its client to what it takes for the address, and repeats it.
    expect(status).toBeOneOf(transport === 'next' ? [308] : [400, 401]);
    if (transport === 'proxy') expect(JSON.stringify(headers) + body).not.toContain(token);
    expect(world.upstream.requests).toHaveLength(0);
  });
});
