import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { childPids } from '#testing/child-processes.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS, type Transport } from '#testing/gateway-world.ts';
import { riseWhile } from '#testing/resident-memory.ts';

const MEBIBYTE = 1024 * 1024;
const FILE_BYTES = 100 * 1000 * 1000;
const PIECE_BYTES = 64 * 1024;
const BOUNDARY = 'a-boundary';

const HEAD = Buffer.from(
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="model"\r\n\r\ndeepseek-chat\r\n` +
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="talk.wav"\r\n` +
    'content-type: audio/wav\r\n\r\n',
);
const END = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

async function openWorld(transport: Transport) {
  // The memory is a matter of one process.
  const world = await openGatewayWorld(transport, { PROXY_WORKERS: '1' });
  onTestFinished(() => world.close());
  return world;
}

/** Uploads a form with a file that is never whole in memory, and says whether it arrived as it was sent. */
async function upload(world: GatewayWorld, isSized: boolean): Promise<void> {
  const sent = createHash('sha256');
  function* form() {
    const piece = randomBytes(PIECE_BYTES);
    yield HEAD;
    for (let left = FILE_BYTES; left > 0; left -= PIECE_BYTES) yield piece.subarray(0, Math.min(PIECE_BYTES, left));
    yield END;
  }
  function* hashed() {
    for (const piece of form()) {
      sent.update(piece);
      yield piece;
    }
  }
  const length = ['content-length', String(HEAD.length + FILE_BYTES + END.length)];
  const type = ['content-type', `multipart/form-data; boundary=${BOUNDARY}`];
  const arrived = world.upstream.nextRequest();
  const answer = await world.call({
    path: '/deepseek/deepseek-chat/audio/transcriptions',
    headers: [...world.bearer, ...type, ...(isSized ? length : [])],
    body: Readable.from(hashed(), { objectMode: false }),
  });
  expect(answer.status).toBe(200);
  const { body, header } = await arrived;
  expect(header('transfer-encoding')).toEqual(isSized ? [] : ['chunked']);
  const received = createHash('sha256').update(await body);
  expect(received.digest('hex')).toBe(sent.digest('hex'));
}

/** Acceptance group E, 6. */
test.each(TRANSPORTS)('an upload of 100 MB through %s arrives as it was sent, sized and chunked', async (transport) => {
  const world = await openWorld(transport);
  await upload(world, true);
  await upload(world, false);
});

test('an upload takes less than 64 MiB of memory', async () => {
  const world = await openWorld('proxy');
  // V8 lets up to 64 MiB of buffers lie before it collects for the first time; a process grows by that once.
  await upload(world, true);
  const [worker = 0] = await childPids(world.server.process.pid ?? 0);
  const rise = await riseWhile(worker, async () => {
    await upload(world, true);
    await upload(world, false);
  });
  expect(rise).toBeLessThan(64 * MEBIBYTE);
});
