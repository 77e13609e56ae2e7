import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awaitReceipt } from '#lib/revocation/await-receipt.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';
import { onlyWorker, whileAsleep } from '#testing/worker-sleep.ts';

/** What a body is in two parts, between which the worker sleeps. */
type Parts = { path: string; type: string | null; first: string; rest: string };

const CHAT = '/deepseek/deepseek-chat/chat/completions';
const FORM = 'multipart/form-data; boundary=b';
const PART = '--b\r\ncontent-disposition: form-data; name=';
const FILE = `${PART}"file"; filename="a.wav"\r\n\r\n`;
/** More than undici keeps whole, and more than a form may have to be kept. */
const LONG = 'x'.repeat(80_000);

/** Read whole before anything is sent. */
const WHOLE: [string, Parts][] = [
  ['JSON', { path: CHAT, type: 'application/json', first: '{"model":"deepseek-chat",', rest: '"messages":[]}' }],
  ['long JSON', { path: CHAT, type: 'application/json', first: `{"a":"${LONG}`, rest: `${LONG}"}` }],
  ['what looks like JSON', { path: CHAT, type: 'text/plain', first: '{"messages":', rest: '[]}' }],
  ['blank space', { path: CHAT, type: 'text/plain', first: '  ', rest: '  ' }],
  [
    'JSON that names the model',
    { path: '/v1/chat/completions', type: 'application/json', first: '{"model":"deepseek/', rest: 'deepseek-chat"}' },
  ],
  [
    'a form that names the model',
    {
      path: '/v1/audio/transcriptions',
      type: FORM,
      first: `${FILE}RIFF`,
      rest: `RIFF\r\n${PART}"model"\r\n\r\ndeepseek/deepseek-chat\r\n--b--\r\n`,
    },
  ],
];

/** Sent on as they come: a part is with the provider when the worker falls asleep. */
const STREAMED: [string, Parts][] = [
  ['a file', { path: '/deepseek/deepseek-chat/x', type: 'audio/mpeg', first: 'RIFF', rest: LONG }],
  ['a body without a type', { path: '/deepseek/deepseek-chat/x', type: null, first: 'RIFF', rest: 'RIFF' }],
  [
    'a long form',
    {
      path: '/deepseek/deepseek-chat/audio/transcriptions',
      type: FORM,
      first: `${PART}"model"\r\n\r\ndeepseek-chat\r\n${FILE}${LONG}`,
      rest: `${LONG}\r\n--b--\r\n`,
    },
  ],
];

/** A worker that slept over a deletion would forward what came before it, or during its sleep, when it woke. */
describe.each(TRANSPORTS)('through %s, over whose deletion the worker slept, a token', (transport) => {
  let world: GatewayWorld;
  let worker: number;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, { PROXY_WORKERS: '1' });
    worker = await onlyWorker(world);
    await world.call();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.upstream.reset();
    const { db } = world.fixtures;
    // A worker that has just slept is to have its lease again: one that has none asks about each call anyhow.
    await expect.poll(() => db.proxyMember.count({ where: { leaseUntil: { gt: new Date() } } })).toBe(1);
  });

  const addToken = () => world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id });

  async function deleteToken(id: string) {
    const { db } = world.fixtures;
    await db.authenticationToken.delete({ where: { id } });
    expect(await awaitReceipt(db)).toMatchObject({ complete: true, confirmed: 0 });
  }

  async function begin(token: string, { path, type, first, rest }: Parts, framing: 'length' | 'chunks') {
    const client = await RawConnection.open(world.server.port);
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const isChunked = framing === 'chunks';
    const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${first.length + rest.length}`;
    const lines = [length, `Authorization: Bearer ${token}`, 'Expect: 100-continue'];
    client.write(world.rawHead(type ? [...lines, `Content-Type: ${type}`] : lines, { path, token: false }));
    await client.readUntil(/100 Continue\r\n\r\n/);
    client.write(isChunked ? chunk(first) : first);
    return { client, sendRest: () => client.write(isChunked ? `${chunk(rest)}0\r\n\r\n` : rest) };
  }

  /** Whether the worker has let in a call with this token, as it writes down now and then. */
  const isLetIn = (id: string) => async () =>
    (await world.fixtures.db.authenticationToken.findUniqueOrThrow({ where: { id } })).lastUsedAt !== null;

  // Next asks for a body before it is known who asks, and that it was let in is known late there.
  const whole = transport === 'proxy' ? WHOLE : WHOLE.slice(0, 1);
  describe.each(['length', 'chunks'] as const)('in a call whose body is framed by %s', (framing) => {
    test.each(whole)('does not get %s to its provider, however much of it came before', async (_what, parts) => {
      const { token, id } = await addToken();
      const { client, sendRest } = await begin(token, parts, framing);
      if (transport === 'next') await expect.poll(isLetIn(id)).toBe(true);
      await whileAsleep(worker, async () => {
        await deleteToken(id);
        sendRest();
      });
      expect((await client.readResponse()).status).toBe(401);
      client.socket.destroy();
      expect(world.upstream.requests).toHaveLength(0);
    });

    test.each(STREAMED)('does not get the end of %s to its provider', async (_what, parts) => {
      const { token, id } = await addToken();
      const arrived = world.upstream.nextRequest();
      const { client, sendRest } = await begin(token, parts, framing);
      const { body } = await arrived;
      await whileAsleep(worker, async () => {
        await deleteToken(id);
        sendRest();
      });
      expect((await client.readResponse()).status).toBe(401);
      client.socket.destroy();
      expect(await isWhole(body)).toBe(false);
    });
  });

  test('that was not deleted is served when the worker wakes', async () => {
    const { token } = await addToken();
    for (const [, parts] of [...WHOLE.slice(0, 5), ...STREAMED]) {
      const { client, sendRest } = await begin(token, parts, 'length');
      await whileAsleep(worker, async () => {
        await deleteToken((await addToken()).id);
        sendRest();
      });
      expect(await client.readResponse()).toMatchObject({ status: 200, body: '{}' });
      client.socket.destroy();
    }
    for (const { body } of world.upstream.requests) expect(await isWhole(body)).toBe(true);
  });
});

function isWhole(body: Promise<Buffer>): Promise<boolean> {
  return body.then(
    () => true,
    () => false,
  );
}
