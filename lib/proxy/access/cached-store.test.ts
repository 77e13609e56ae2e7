import { beforeEach, expect, test } from 'vitest';
import { ChangeLog } from '../revocation/change-log.ts';
import type { Trust } from '../revocation/membership.ts';
import { CachedAccessStore } from './cached-store.ts';
import type { AccessQuery, GatewayRecord, TokenlessGateway, TokenRecord } from './store.ts';

const QUERY: AccessQuery = { slug: 's', tokenHash: 'h' };
const TOKEN: TokenRecord = { id: 't', secretId: 's', gatewayId: 'g', expiresInMs: null };
const GRANTED = { kind: 'granted', gatewayId: 'g', objectsByToken: false, token: TOKEN, providers: [] };
const REFUSED = { kind: 'token_refused' };

let trust: { -readonly [Key in keyof Trust]: Trust[Key] };
let changes: ChangeLog;
let gateway: GatewayRecord | null;
let token: TokenRecord | null;
let reads: number;
let tokenless: Map<string, TokenlessGateway>;
let tokenlessReads: number;
let gatewayReads: number;
/** Called while a read is under way, after the database has answered and before the answer arrives. */
let duringRead: () => void;
let fails: boolean;
let store: CachedAccessStore;

beforeEach(() => {
  trust = { isTrusted: () => true, lapses: 0, endedMsAgo: -1_000 };
  changes = new ChangeLog();
  gateway = { id: 'g', authenticated: true, objectsByToken: false, providers: [] };
  tokenless = new Map();
  token = TOKEN;
  reads = 0;
  tokenlessReads = 0;
  gatewayReads = 0;
  fails = false;
  duringRead = () => {};
  const read = async <T>(value: T): Promise<T> => {
    if (fails) throw new Error('down');
    await null;
    return value;
  };
  const source = {
    findGateway() {
      gatewayReads += 1;
      return read(gateway);
    },
    async findToken() {
      reads += 1;
      const answer = await read(token);
      duringRead();
      return answer;
    },
    findTokenlessGateways() {
      tokenlessReads += 1;
      return read(tokenless);
    },
    writeUses: async () => {},
    close: async () => {},
  };
  store = new CachedAccessStore(source, trust, changes, 60_000);
});

test('a good token is read once while the lease is alive', async () => {
  for (let i = 0; i < 5; i++) expect(await store.findAccess(QUERY)).toEqual(GRANTED);
  expect(reads).toBe(1);
});

test('a thousand requests at once with one token are one read', async () => {
  await Promise.all(Array.from({ length: 1000 }, () => store.findAccess(QUERY)));
  expect(reads).toBe(1);
});

test('a refused token is read each time, so that one made a moment later works at once', async () => {
  const made = token;
  token = null;
  expect(await store.findAccess(QUERY)).toEqual(REFUSED);
  token = made;
  expect(await store.findAccess(QUERY)).toEqual(GRANTED);
});

test('a flood of unknown tokens reads their gateway once', async () => {
  token = null;
  for (let i = 0; i < 100; i++) await store.findAccess({ ...QUERY, tokenHash: String(i) });
  expect([gatewayReads, reads]).toEqual([1, 100]);
});

test('after a change nothing that was read before counts', async () => {
  await store.findAccess(QUERY);
  token = null;
  changes.noteChange('token', 't');
  expect(await store.findAccess(QUERY)).toEqual(REFUSED);
});

test('a read that began before a change neither answers nor fills the cache with what was before', async () => {
  duringRead = () => {
    duringRead = () => {};
    token = null;
    changes.noteChange('token', 't');
  };
  expect(await store.findAccess(QUERY)).toEqual(REFUSED);
  expect(await store.findAccess(QUERY)).toEqual(REFUSED);
});

test('a read during which the lease lapsed is done again', async () => {
  duringRead = () => {
    duringRead = () => {};
    token = null;
    changes.noteAllChanged();
  };
  expect(await store.findAccess(QUERY)).toEqual(REFUSED);
});

test('without a lease that is certainly alive, each request reads', async () => {
  await store.findAccess(QUERY);
  trust.isTrusted = () => false;
  token = null;
  expect(await store.findAccess(QUERY)).toEqual(REFUSED);
});

test('a token that expires is not remembered beyond that', async () => {
  token = { ...TOKEN, expiresInMs: 0 };
  await store.findAccess(QUERY);
  await store.findAccess(QUERY);
  expect(reads).toBe(2);
});

test('a token of another gateway is refused, remembered or not', async () => {
  await store.findAccess(QUERY);
  gateway = { id: 'other', authenticated: true, objectsByToken: false, providers: [] };
  expect(await store.findAccess({ ...QUERY, slug: 'other' })).toEqual(REFUSED);
  expect(await store.findAccess({ ...QUERY, slug: 'other' })).toEqual(REFUSED);
});

test('while the database is away, verified tokens go on for the grace time, and others are not known', async () => {
  await store.findAccess(QUERY);
  Object.assign(trust, { isTrusted: () => false, endedMsAgo: 0 });
  fails = true;
  expect(await store.findAccess(QUERY)).toEqual(GRANTED);
  await expect(store.findAccess({ ...QUERY, tokenHash: 'other' })).rejects.toThrow('down');
  trust.endedMsAgo = 60_000;
  await expect(store.findAccess(QUERY)).rejects.toThrow('down');
});

test('a token that changed before the outage has no grace', async () => {
  await store.findAccess(QUERY);
  changes.noteChange('token', 't');
  Object.assign(trust, { isTrusted: () => false });
  fails = true;
  await expect(store.findAccess(QUERY)).rejects.toThrow('down');
});

test('a database that stops answering while it is taken to be there costs no verified token either', async () => {
  await store.findAccess(QUERY);
  trust.isTrusted = () => false;
  fails = true;
  expect(await store.findAccess(QUERY)).toEqual(GRANTED);
});

const OPEN: TokenlessGateway = { open: true, corsOrigins: new Set() };

test('which gateways answer without a token is read once, and again when a gateway changes', async () => {
  const ask = () => Promise.all(Array.from({ length: 100 }, () => store.findTokenless('s')));
  expect(new Set(await ask())).toEqual(new Set([null]));
  changes.noteChange('token', 't');
  await ask();
  expect(tokenlessReads).toBe(1);
  tokenless = new Map([['s', OPEN]]);
  changes.noteChange('gateway', 'g');
  expect(new Set(await ask())).toEqual(new Set([OPEN]));
  expect(tokenlessReads).toBe(2);
});

test('without a lease each request reads which gateways answer without a token, and one under way does not do', async () => {
  trust.isTrusted = () => false;
  const first = store.findTokenless('s');
  tokenless = new Map([['s', OPEN]]);
  expect(await store.findTokenless('s')).toEqual(OPEN);
  expect(await first).toBeNull();
  expect(tokenlessReads).toBe(2);
});

test('during an outage the list is what it was when it was last read, also after a read that failed', async () => {
  tokenless = new Map([['s', OPEN]]);
  await store.findTokenless('s');
  Object.assign(trust, { isTrusted: () => false, endedMsAgo: 0 });
  fails = true;
  await expect(store.findTokenless('s')).rejects.toThrow('down');
  await expect(store.findAccess(QUERY)).rejects.toThrow('down');
  expect(await store.findTokenless('s')).toEqual(OPEN);
});

test('an open gateway lets in without a token, and one that was closed does not', async () => {
  gateway = { id: 'g', authenticated: false, objectsByToken: false, providers: [] };
  const anonymous = { ...QUERY, tokenHash: null };
  expect(await store.findAccess(anonymous)).toEqual({ ...GRANTED, token: null });
  gateway = { id: 'g', authenticated: true, objectsByToken: false, providers: [] };
  changes.noteChange('gateway', 'g');
  expect(await store.findAccess(anonymous)).toEqual(REFUSED);
});

test('an open gateway takes any token for none, and a good one for itself', async () => {
  gateway = { id: 'g', authenticated: false, objectsByToken: false, providers: [] };
  expect(await store.findAccess(QUERY)).toEqual(GRANTED);
  token = null;
  expect(await store.findAccess({ ...QUERY, tokenHash: 'unknown' })).toEqual({ ...GRANTED, token: null });
});

test('without a lease a database that answers is always asked, whatever is remembered', async () => {
  await store.findAccess(QUERY);
  Object.assign(trust, { isTrusted: () => false, endedMsAgo: 0 });
  token = null;
  for (let i = 0; i < 3; i++) expect(await store.findAccess(QUERY)).toEqual(REFUSED);
});
