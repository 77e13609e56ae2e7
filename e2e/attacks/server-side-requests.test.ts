import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toSeen } from '#lib/providers/merge-providers.ts';
import { listProviders } from '#lib/providers/queries.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { type RecordingUpstream, startRecordingUpstream } from '#testing/recording-upstream.ts';
import { openTokenActionStage, type TokenActionStage } from '#testing/token-action-stage.ts';

/** Ways to have the console, or a gateway, call what only this machine or its network can reach. */
const PUBLIC = '8.8.8.8';

/** Names that somebody owns, and where they lead. */
const NAMES = {
  localhost: ['127.0.0.1'],
  'loopback.example': ['127.0.0.1'],
  'loopback-six.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'any.example': ['0.0.0.0'],
  'metadata.example': ['169.254.169.254'],
  'azure.example': ['168.63.129.16'],
  'alibaba.example': ['100.100.100.200'],
  'aws-six.example': ['fd00:ec2::254'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'private.example': ['10.0.0.7'],
  'first-private.example': ['127.0.0.1', PUBLIC],
  'second-private.example': [PUBLIC, '127.0.0.1'],
};

/** As `URL` takes them, and dials them. */
const HOSTS = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '2130706433.',
  '0x7f000001',
  '0x7F.0.0.1',
  '0x7f.0x0.0x0.0x1',
  '0177.0.0.1',
  '017700000001',
  '0177.1',
  '127.0.0.0x1',
  '0',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fec0::1]',
  '[ff02::1]',
  '[100::1]',
  '169.254.169.254',
  '169.254.170.2',
  '0xa9fea9fe',
  '2852039166',
  '168.63.129.16',
  '161.26.0.10',
  '100.100.100.200',
  '100.64.0.1',
  '192.0.0.192',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '①②⑦.⓪.⓪.①',
  '１２７.0.0.1',
  '127。0。0。1',
  '127．0．0．1',
  '127%2e0%2e0%2e1',
  '%31%32%37.0.0.1',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  'local\u00adhost',
  'good@127.0.0.1',
  'good:word@127.0.0.1',
  '8.8.8.8@127.0.0.1',
  ...Object.keys(NAMES).filter((name) => name !== 'localhost'),
  'LOOPBACK.example.',
];

/** Whole addresses that two readers could read differently, or that are no provider's. */
const ADDRESSES = (port: number) => [
  `https:/127.0.0.1:${port}`,
  `https:127.0.0.1:${port}`,
  `https:\\\\127.0.0.1:${port}`,
  `https:///127.0.0.1:${port}/`,
  `https://127.0.0.1:${port}\\@8.8.8.8/`,
  `https://8.8.8.8\\@127.0.0.1:${port}/`,
  `https://8.8.8.8#@127.0.0.1:${port}/`,
  `https://127.0.0.1:${port}#@8.8.8.8/`,
  `https://127.0.0.1:${port}?@8.8.8.8/`,
  `https://127.0.\n0.1:${port}/`,
  `https://127.0.0.1:\t${port}/`,
  `\u0001https://127.0.0.1:${port}/`,
  ` https://127.0.0.1:${port}/`,
  `https://[fe80::1%25lo]:${port}/`,
  `https://[::1%lo]:${port}/`,
  `//127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}/`,
  `ftp://127.0.0.1:${port}/`,
  `gopher://127.0.0.1:${port}/_x`,
  `ws://127.0.0.1:${port}/`,
  `unix:///var/run/docker.sock`,
  'file:///etc/passwd',
  'data:text/plain,x',
  'javascript:1',
  'about:blank',
  `blob:https://127.0.0.1:${port}/x`,
];

let directory: string;
let dialled = 0;
/** Every address of this machine, and both families. */
const listener = createServer((socket) => {
  dialled += 1;
  socket.on('error', () => {}).end();
});
let port: number;
/** The only address that the operator allows. */
let allowed: RecordingUpstream;
let stage: TokenActionStage;
let world: GatewayWorld;

const resolveTo = (names: Record<string, string[]>) =>
  writeFile(path.join(directory, 'names.json'), JSON.stringify({ ...NAMES, ...names }));

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'latchkey-names-'));
  await resolveTo({});
  await once(listener.listen(0), 'listening');
  const address = listener.address();
  port = typeof address === 'object' && address ? address.port : 0;
  allowed = await startRecordingUpstream();
  const preload = pathToFileURL(path.resolve(import.meta.dirname, '../../testing/false-names.ts'));
  const env = {
    NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${preload.href}`,
    FALSE_NAMES: path.join(directory, 'names.json'),
    UPSTREAM_ALLOWLIST: `127.0.0.1:${allowed.port}`,
    UPSTREAM_CONNECT_TIMEOUT_MS: '300',
  };
  [stage, world] = await Promise.all([openTokenActionStage({ env }), openGatewayWorld('proxy', env)]);
  await useEndpoint(allowed.origin);
});
afterAll(async () => {
  await Promise.all([stage.close(), world.close()]);
  await allowed.close();
  listener.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  allowed.reset();
  dialled = 0;
});

const provider = (endpoint: string) => ({ kind: 'openai-compatible', key: 'sk-planted', endpoint, models: ['m'] });

/** As a page does that shows what is stored. */
async function save(endpoint: string) {
  const { accountId, userId, email, gatewayId } = stage.mine;
  const session = { accountId, userId, email, sessionVersion: 1 };
  const seen = (await listProviders(stage.db, session, gatewayId)).map(toSeen);
  return stage.call(stage.client, 'saveProvidersAction', { gatewayId, seen, providers: [provider(endpoint)] });
}

const check = (endpoint: string) => {
  const { models: _models, ...typed } = provider(endpoint);
  return stage.call(stage.client, 'checkProviderAction', { ...typed, model: 'm' });
};

const create = (endpoint: string) =>
  stage.call(stage.client, 'createGatewayAction', {
    name: 'reaching-in',
    authenticated: true,
    providers: [provider(endpoint)],
  });

/** As if it had been stored before its name led elsewhere. */
async function useEndpoint(baseUrl: string): Promise<void> {
  const { fixtures, gateway } = world;
  await fixtures.db.provider.deleteMany({ where: { gatewayId: gateway.id } });
  const key = { key: 'sk-planted', models: ['m'] };
  await fixtures.addProvider({ gatewayId: gateway.id, kind: 'openai-compatible', baseUrl, ...key });
}

const callGateway = () => world.call({ path: '/openai-compatible/m/chat/completions' });

/** Of several addresses a check may dial the public one, where nobody answers here. */
const isPartlyPublic = (endpoint: string) =>
  Object.entries(NAMES).some(([name, addresses]) => endpoint.includes(name) && addresses.includes(PUBLIC));

async function expectRefused(endpoint: string): Promise<void> {
  for (const ask of [save, create]) {
    const { status, text } = await ask(endpoint);
    expect([status, text]).toEqual([200, expect.stringContaining('"code":"invalid"')]);
  }
  const { status, text } = await check(endpoint);
  const refusal = isPartlyPublic(endpoint)
    ? '"outcome":"unreachable"'
    : /"outcome":"forbiddenAddress"|"code":"invalid"/;
  expect([status, text]).toEqual([200, expect.stringMatching(refusal)]);
  expect(dialled).toBe(0);
}

test('what the operator allows is called, and nothing else on its host', async () => {
  expect((await callGateway()).status).toBe(200);
  expect((await check(allowed.origin)).text).toContain('"outcome":"accepted"');
  expect((await save(allowed.origin)).text).toContain('"ok":true');
  expect(allowed.requests.length).toBeGreaterThan(1);
});

test.each(HOSTS)('https://%s is not saved, and not called by a check', (host) =>
  expectRefused(`https://${host}:${port}/v1`),
);

test.each(ADDRESSES(0).map((address, index): [string, number] => [JSON.stringify(address), index]))(
  '%s is not saved, and not called by a check',
  async (_address, index) => {
    const endpoint = ADDRESSES(port)[index] ?? '';
    const isPublic = URL.parse(endpoint)?.hostname === PUBLIC;
    if (!isPublic) return expectRefused(endpoint);
    // Read as the public address that it names, or refused: in no case is the other called.
    await save(endpoint);
    expect(dialled).toBe(0);
  },
);

describe('stored, as the proxy calls it,', () => {
  test.each(HOSTS.filter((host) => URL.canParse(`https://${host}`)))('https://%s is not dialled', async (host) => {
    await useEndpoint(`https://${host}:${port}/v1`);
    const { status, headers } = await callGateway();
    expect([status, headers['x-latchkey-error']]).toEqual([502, 'upstream_unreachable']);
    expect(dialled).toBe(0);
  });

  test('http is not, either', async () => {
    await useEndpoint(`http://127.0.0.1:${port}/v1`);
    expect((await callGateway()).status).toBe(502);
    expect(dialled).toBe(0);
  });
});

test.each([['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['169.254.169.254'], [PUBLIC, '127.0.0.1']])(
  'a name that led to the public when it was saved, and leads to %s now, is not dialled',
  async (...addresses) => {
    const endpoint = `https://rebinding.example:${port}/v1`;
    await resolveTo({ 'rebinding.example': [PUBLIC] });
    expect((await save(endpoint)).text).toContain('"ok":true');
    await resolveTo({ 'rebinding.example': addresses });
    const stored = { ...provider(endpoint), key: '', models: undefined, gatewayId: stage.mine.gatewayId };
    const { text } = await stage.call(stage.client, 'checkProviderAction', stored);
    expect(text).toMatch(/"outcome":"(forbiddenAddress|unreachable)"/);
    await useEndpoint(endpoint);
    expect((await callGateway()).status).toBeGreaterThanOrEqual(502);
    expect(dialled).toBe(0);
  },
);

test.each([301, 302, 303, 307, 308].flatMap((status) => ['http:', 'https:', ''].map((scheme) => [status, scheme])))(
  'a redirect %i to an internal address by "%s" is not followed',
  async (status, scheme) => {
    await useEndpoint(allowed.origin);
    allowed.answerWith((response) =>
      response.writeHead(Number(status), { location: `${scheme}//127.0.0.1:${port}/latest/meta-data` }).end(),
    );
    expect((await callGateway()).status).toBeLessThan(600);
    expect((await check(allowed.origin)).text).toContain('"outcome":"otherAnswer"');
    expect(dialled).toBe(0);
  },
);
