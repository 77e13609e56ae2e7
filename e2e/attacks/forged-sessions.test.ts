import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deriveKey, KEY_PURPOSES } from '#lib/crypto.ts';
import { listPages, openConsoleClient } from '#testing/console-client.ts';
import { readState } from '#testing/database-state.ts';
import { TEST_SECRET } from '#testing/fixtures.ts';
import { openTokenActionStage, PASSWORD, type TokenActionStage } from '#testing/token-action-stage.ts';

/** Cookies that somebody makes without `LATCHKEY_SECRET`, or with what was once good. */
const COOKIE = 'latchkey.session';
const SESSION_SECRET = deriveKey(TEST_SECRET, 'session').toString('base64');

let stage: TokenActionStage;
/** That of an admin who is signed in. */
let good: string;
let pages: string[];
let before: Awaited<ReturnType<typeof readState>>;
/** Users who may not come in any more. */
const gone = { disabled: '', deleted: '' };

beforeAll(async () => {
  stage = await openTokenActionStage();
  const { db, fixtures, mine } = stage;
  for (const which of ['disabled', 'deleted'] as const) {
    gone[which] = (await fixtures.addUser(mine.accountId, `${which}@example.com`, PASSWORD)).id;
  }
  await db.user.update({ where: { id: gone.disabled }, data: { disabledAt: new Date() } });
  await db.user.delete({ where: { id: gone.deleted } });
  good = await seal({ sub: mine.userId, sessionVersion: 1 });
  pages = (await listPages(mine.gatewayId)).filter((page) => page !== '/sign-in');
  before = await readState(db);
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await readState(stage.db)).toEqual(before);
});

function seal(token: Record<string, unknown>, { secret = SESSION_SECRET, salt = '', maxAge = 600 } = {}) {
  return encode({ token, secret, salt, maxAge });
}

/** The claims of the good cookie, sealed otherwise. */
const sealMine = (otherwise: Parameters<typeof seal>[1]) =>
  seal({ sub: stage.mine.userId, sessionVersion: 1 }, otherwise);

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The good cookie, with one of its five parts (RFC 7516 §7.1) made another. */
function withPart(at: number, change: (part: string) => string): string {
  return good
    .split('.')
    .map((part, index) => (index === at ? change(part) : part))
    .join('.');
}

function flipBit(part: string, at: number): string {
  const bytes = Buffer.from(part, 'base64url');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64url');
}

const withHeader = (header: object) => withPart(0, () => base64url(header));

/** A JWT that is signed and not encrypted, or not even signed (RFC 7519 §6.1). */
function jwt(header: object, key: string | null): string {
  const claims = base64url({ sub: stage.mine.userId, sessionVersion: 1, exp: Math.floor(Date.now() / 1000) + 600 });
  const signed = `${base64url(header)}.${claims}`;
  return `${signed}.${key === null ? '' : createHmac('sha256', key).update(signed).digest('base64url')}`;
}

type Make = () => string | Promise<string>;

const PARTS = ['header', 'encrypted key', 'nonce', 'ciphertext', 'tag'];

const VALUES: [string, Make][] = [
  ['nothing', () => ''],
  ['dots', () => '....'],
  ['true', () => 'true'],
  ['a NUL in it', () => `${good.slice(0, 20)}%00${good.slice(20)}`],
  ['percent signs that encode nothing', () => `${good}%`],
  ['a second one behind it', () => `${good}.${good}`],
  ['quotes that do not end', () => `"${good}`],
  ['15,000 letters', () => 'W'.repeat(15_000)],
  ['its last character missing', () => good.slice(0, -1)],
  ['another letter before it', () => `A${good}`],
  ...PARTS.map((name, at): [string, Make] => [`its ${name} emptied`, () => withPart(at, () => (at === 1 ? 'AA' : ''))]),
  ...PARTS.slice(0, 4).map((name, at): [string, Make] => [
    `nothing behind its ${name}`,
    () =>
      good
        .split('.')
        .slice(0, at + 1)
        .join('.'),
  ]),
  ...[0, 2, 3, 4].flatMap((at): [string, Make][] => [
    [`the first bit of its ${PARTS[at]} flipped`, () => withPart(at, (part) => flipBit(part, 0))],
    [`the last bit of its ${PARTS[at]} flipped`, () => withPart(at, (part) => flipBit(part, -1))],
  ]),
  ['a shorter tag', () => withPart(4, (part) => Buffer.from(part, 'base64url').subarray(0, 4).toString('base64url'))],
  ['another algorithm of content', () => withHeader({ alg: 'dir', enc: 'A128CBC-HS256' })],
  ['the algorithm none', () => withHeader({ alg: 'none', enc: 'A256GCM' })],
  ['a header that says compressed', () => withHeader({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })],
  ['a header that must be understood', () => withHeader({ alg: 'dir', enc: 'A256GCM', crit: ['b64'], b64: false })],
  [
    'a password that takes two billion rounds',
    () => withHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2c: 2 ** 31 - 1, p2s: 'AAAAAAAAAAAAAAAA' }),
  ],
  ['its key by address', () => withHeader({ alg: 'RSA-OAEP', enc: 'A256GCM', jku: `${stage.console.origin}/keys` })],
  ['a JWT of alg none', () => jwt({ alg: 'none', typ: 'JWT' }, null)],
  ['a JWT of alg None', () => jwt({ alg: 'None', typ: 'JWT' }, null)],
  ['a JWT signed with nothing', () => jwt({ alg: 'HS256', typ: 'JWT' }, '')],
  ['a JWT signed with what would encrypt it', () => jwt({ alg: 'HS256', typ: 'JWT' }, SESSION_SECRET)],
  ['the key of "undefined"', () => sealMine({ secret: 'undefined' })],
  ['the key of another installation', () => sealMine({ secret: randomBytes(32).toString('base64') })],
  ['the key of the whole secret', () => sealMine({ secret: TEST_SECRET })],
  ...KEY_PURPOSES.filter((purpose) => purpose !== 'session').map((purpose): [string, Make] => [
    `the key for ${purpose}`,
    () => sealMine({ secret: deriveKey(TEST_SECRET, purpose).toString('base64') }),
  ]),
  ['a salt of its own', () => sealMine({ salt: COOKIE })],
  ['an end that has passed', () => sealMine({ maxAge: -60 })],
  ['the version before', () => seal({ sub: stage.mine.userId, sessionVersion: 0 })],
  ['a version to come', () => seal({ sub: stage.mine.userId, sessionVersion: 2 })],
  ['its version as a text', () => seal({ sub: stage.mine.userId, sessionVersion: '1' })],
  ['its version as a condition', () => seal({ sub: stage.mine.userId, sessionVersion: { gte: 0 } })],
  ['no version', () => seal({ sub: stage.mine.userId })],
  ['no user', () => seal({ sessionVersion: 1 })],
  ['a user who never was', () => seal({ sub: randomUUID(), sessionVersion: 1 })],
  ['an address for a user', () => seal({ sub: stage.mine.email, email: stage.mine.email, sessionVersion: 1 })],
  ['a condition for a user', () => seal({ sub: { not: '' }, sessionVersion: 1 })],
  ['the user who was disabled', () => seal({ sub: gone.disabled, sessionVersion: 1 })],
  ['the user who was deleted', () => seal({ sub: gone.deleted, sessionVersion: 1 })],
  ['what shows that a browser is known', () => stage.client.cookies.get('latchkey.browser') ?? ''],
  ['what is against forged forms', () => stage.client.cookies.get('next-auth.csrf-token') ?? ''],
  ['a token', () => stage.mine.token.token],
];

/** The good value where nobody looks for it. */
const PLACES: [string, () => Record<string, string>][] = [
  ...[
    'next-auth.session-token',
    '__Secure-next-auth.session-token',
    '__Host-latchkey.session',
    '__Secure-latchkey.session',
    'Latchkey.Session',
    'latchkey.session2',
    'latchkey%2Esession',
    'latchkey.browser',
    'latchkey.return',
  ].map((name): [string, () => Record<string, string>] => [
    `in a cookie ${name}`,
    () => ({ cookie: `${name}=${good}` }),
  ]),
  ['in parts', () => ({ cookie: `${COOKIE}.0=${good.slice(0, 100)}; ${COOKIE}.1=${good.slice(100)}` })],
  ['in parts with a gap', () => ({ cookie: `${COOKIE}.0=${good.slice(0, 100)}; ${COOKIE}.2=${good.slice(100)}` })],
  ['in parts beside a first', () => ({ cookie: `${COOKIE}=${good.slice(0, 100)}; ${COOKIE}.1=${good.slice(100)}` })],
  ['before one that is cut', () => ({ cookie: `${COOKIE}=${good}; ${COOKIE}=${good.slice(0, -1)}` })],
  ['behind a comma', () => ({ cookie: `a=1, ${COOKIE}=${good}` })],
  ['in Authorization', () => ({ authorization: `Bearer ${good}` })],
  ['in a header of its name', () => ({ [COOKIE]: good })],
];

/** What a browser with these headers gets of everything that there is. */
async function askAll(headers: Record<string, string>) {
  const { stranger, actions } = stage;
  const sent = { cookie: null, ...headers };
  async function read(page: string, form: Record<string, string> = {}): Promise<[string, number, string]> {
    const { status, headers, text } = await stranger.ask(page, { headers: { ...sent, ...form } });
    return [page, status, `${headers.location ?? ''}\n${text}`];
  }
  // As documents, and one as a soft navigation asks for it.
  const texts = await Promise.all([...pages.map((page) => read(page)), read('/gateways?_rsc', { rsc: '1' })]);
  const session = await stranger.ask('/api/session', { headers: sent });
  const answers = new Map<string, string>();
  // Signing out is done by dropping the cookie, whatever was in it.
  const asked = actions.filter(({ name }) => name !== 'signOutAction');
  await Promise.all(
    asked.map(async (action) => {
      const { status, text } = await stranger.callAction(action, '[{}]', sent);
      answers.set(action.name, status === 200 ? text : String(status));
    }),
  );
  return { texts, session: session.status, answers };
}

async function expectNothing(headers: Record<string, string>): Promise<void> {
  const { texts, session, answers } = await askAll(headers);
  expect(session).toBe(401);
  for (const [page, status, text] of texts) {
    expect([page, status, text]).toEqual([page, expect.toBeOneOf([200, 307]), expect.stringContaining('/sign-in')]);
    for (const planted of [stage.mine.email, stage.mine.token.id, `user-${stage.mine.accountId}-`]) {
      expect([page, text.includes(planted)]).toEqual([page, false]);
    }
  }
  for (const [name, text] of answers) expect([name, text]).toEqual([name, expect.stringContaining('"sessionEnded"')]);
}

test('the good cookie opens pages, and what it is in is looked at', async () => {
  const answers = await Promise.all(
    pages.map((page) => stage.stranger.ask(page, { headers: { cookie: `${COOKIE}=${good}` } })),
  );
  expect(answers.filter(({ text }) => text.includes(stage.mine.email)).length).toBeGreaterThan(5);
  const { status } = await stage.stranger.ask('/api/session', { headers: { cookie: `${COOKIE}=${good}` } });
  expect(status).toBe(204);
});

test.each(VALUES)('a session cookie with %s opens nothing', async (_what, make) => {
  await expectNothing({ cookie: `${COOKIE}=${await make()}` });
});

test.each(PLACES)('the good value %s opens nothing', async (_where, make) => {
  await expectNothing(make());
});

test.each([
  ['before', (forged: string) => `${COOKIE}=${forged}; ${COOKIE}=${good}`],
  ['behind', (forged: string) => `${COOKIE}=${good}; ${COOKIE}=${forged}`],
])('a forged cookie of another account %s the good one shows nothing of that account', async (_where, join) => {
  const forged = await seal({ sub: stage.theirs.userId, sessionVersion: 1 }, { secret: TEST_SECRET });
  for (const page of pages) {
    const { text } = await stage.stranger.ask(page, { headers: { cookie: join(forged) } });
    expect([page, text.includes(stage.theirs.email)]).toEqual([page, false]);
  }
});

describe('signing in', () => {
  const CSRF_COOKIE = 'next-auth.csrf-token';
  const text = 'ab'.repeat(32);
  const hashWith = (secret: string) =>
    createHash('sha256')
      .update(text + secret)
      .digest('hex');
  /** What the console would have given. */
  const hash = hashWith(SESSION_SECRET);
  const cookie = (value: string, name = CSRF_COOKIE) => `${name}=${encodeURIComponent(value)}`;

  async function signIn(sent: string | null, csrfToken: string): Promise<[status: number, session: boolean]> {
    const visitor = openConsoleClient(stage.console.origin);
    const form = new URLSearchParams({ email: stage.mine.email, password: PASSWORD, csrfToken });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: sent };
    const { status } = await visitor.ask('/api/auth/callback/credentials', {
      method: 'POST',
      headers,
      body: String(form),
    });
    await visitor.close();
    return [status, visitor.cookies.has(COOKIE)];
  }

  test.each<[string, () => string | null, string]>([
    ['no cookie', () => null, text],
    ['no cookie and nothing in the form', () => null, ''],
    ['an empty one', () => cookie(''), ''],
    ['only a line', () => cookie('|'), ''],
    ['a token without hash', () => cookie(text), text],
    ['a token with an empty hash', () => cookie(`${text}|`), text],
    ['an empty token with its hash', () => cookie(`|${createHash('sha256').update('').digest('hex')}`), ''],
    ['a hash that is cut', () => cookie(`${text}|${hash.slice(0, -1)}`), text],
    ['a hash of other letters', () => cookie(`${text}|${hash.toUpperCase()}`), text],
    ['a bit of the hash flipped', () => cookie(`${text}|${hash.slice(0, -1)}${hash.endsWith('0') ? '1' : '0'}`), text],
    ['a bit of the token flipped', () => cookie(`bb${text.slice(2)}|${hash}`), `bb${text.slice(2)}`],
    ['a hash without a key', () => cookie(`${text}|${hashWith('')}`), text],
    ['a hash with "undefined"', () => cookie(`${text}|${hashWith('undefined')}`), text],
    ['a hash with the whole secret', () => cookie(`${text}|${hashWith(TEST_SECRET)}`), text],
    ['another token in the form', () => cookie(`${text}|${hash}`), 'cd'.repeat(32)],
    ['nothing in the form', () => cookie(`${text}|${hash}`), ''],
    ['the pair in the form', () => cookie(`${text}|${hash}`), `${text}|${hash}`],
    ['a cookie of another name', () => cookie(`${text}|${hash}`, '__Host-next-auth.csrf-token'), text],
    ['a good one before an empty one', () => `${cookie(`${text}|${hash}`)}; ${cookie('')}`, text],
  ])('with %s is 403, and no session', async (_what, make, csrfToken) => {
    expect(await signIn(make(), csrfToken)).toEqual([403, false]);
  });
});
