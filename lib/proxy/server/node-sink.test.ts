import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '#testing/listen.ts';
import { RawConnection } from '#testing/raw-http.ts';
import { NodeSink } from './node-sink.ts';

/** Two requests on one connection, the second sent before the first is answered. */
async function openPipeline() {
  const bothCame = Promise.withResolvers<void>();
  const sinks: NodeSink[] = [];
  const server = createServer((request, response) => {
    sinks.push(new NodeSink(request, response, false));
    if (sinks.length === 2) bothCame.resolve();
  });
  const { port, close } = await listen(server);
  const client = await RawConnection.open(port);
  onTestFinished(async () => {
    client.socket.destroy();
    await close();
  });
  client.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
  await bothCame.promise;
  const [first, second] = sinks;
  if (!first || !second) throw new Error('two requests have come');
  return { client, first, second };
}

test('an answer that is broken off behind another ends the connection, and nothing of it comes', async () => {
  const { client, first, second } = await openPipeline();
  second.start(200, '', ['content-length', '6']);
  second.write(Buffer.from('second'));
  second.break();
  await client.waitForClose();
  expect(client.pending).toBe('');
  expect(first.response.destroyed).toBe(true);
});

test('an answer that is broken off has no end', async () => {
  const { client, first } = await openPipeline();
  first.start(200, '', []);
  first.write(Buffer.from('begun'));
  await client.readUntil(/begun\r\n/);
  first.break();
  await client.waitForClose();
  expect(client.pending).toBe('');
});

test('a call whose upstream may be silent for long outlives the limit of the server, which the next one has again', async () => {
  const server = createServer();
  server.timeout = 60_000;
  const { port, close } = await listen(server);
  const client = await RawConnection.open(port);
  onTestFinished(async () => {
    client.socket.destroy();
    await close();
  });
  const ask = async () => {
    const came = once(server, 'request');
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const [request, response] = await came;
    return new NodeSink(request, response, false);
  };
  const first = await ask();
  first.allowSilence(90_000, 30_000);
  expect(first.request.socket.timeout).toBeGreaterThan(90_000);
  first.response.end();
  await client.readResponse();
  const second = await ask();
  second.allowSilence(1_000, 1_000);
  expect(second.request.socket.timeout).toBe(60_000);
});

test('a client that takes nothing is waited for as long as an answer may pause, and no longer', async () => {
  const server = createServer();
  const { port, close } = await listen(server);
  const client = await RawConnection.open(port);
  onTestFinished(async () => {
    client.socket.destroy();
    await close();
  });
  client.socket.pause();
  const came = once(server, 'request');
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const [request, response] = await came;
  const sink = new NodeSink(request, response, false);
  sink.allowSilence(60_000, 20_000);
  sink.start(200, '', []);
  const limit = () => sink.request.socket.timeout;
  expect(limit()).toBe(65_000);
  while (sink.write(Buffer.alloc(64 * 1024))) await new Promise((resolve) => setImmediate(resolve));
  expect(limit()).toBe(20_000);
  client.socket.resume();
  await once(response, 'drain');
  expect(limit()).toBe(65_000);
  client.socket.pause();
  sink.write(Buffer.alloc(16 * 1024 * 1024));
  sink.end();
  expect(limit()).toBe(20_000);
});
