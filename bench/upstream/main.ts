import { createServer, type Socket } from 'node:net';
import { MessageReader } from '../wire/message-reader.ts';
import {
  CHUNK_INTERVAL_MS,
  JSON_RESPONSE,
  LARGE_BODY,
  PROVIDER_KEY,
  REFUSAL_RESPONSE,
  SMALL_BODY,
  STREAM_BODY,
  STREAM_FLAG,
} from '../wire/payloads.ts';
import { control } from './control.ts';
import { StreamWheel } from './stream-wheel.ts';

/**
 * The stand-in for a provider, a process of its own on bare sockets: it costs a few microseconds a request, so that it
 * is not what is measured. It refuses what has not the provider's key, or has not come whole.
 */
const FLAG_WITHIN_BYTES = 256;
const KNOWN_BODY_BYTES = new Set([SMALL_BODY, LARGE_BODY, STREAM_BODY].map((body) => body.length));
const jsonResponse = Buffer.from(JSON_RESPONSE, 'latin1');

let wheel = new StreamWheel(CHUNK_INTERVAL_MS, false);
let requests = 0;

const server = createServer({ noDelay: true }, (socket) => {
  const reader = readRequests(socket);
  socket.on('data', (bytes: Buffer) => {
    try {
      reader.read(bytes);
    } catch {
      // Not HTTP: whoever sent it is told the only way there is.
      socket.destroy();
    }
  });
  // A contestant that is stopped resets its connections; 'close' follows.
  socket.on('error', () => {});
});

server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : null });
});

process.on('message', (message) => {
  const order = control.parse(message);
  // Streams that are open already stay with the wheel that they began with.
  if (order.kind === 'hold') wheel = new StreamWheel(order.intervalMs, true);
  else if (order.kind === 'release') wheel.release();
  else if (order.kind === 'reset') wheel = new StreamWheel(CHUNK_INTERVAL_MS, false);
  process.send?.({ requests });
});
process.once('disconnect', () => process.exit(0));

function readRequests(socket: Socket): MessageReader {
  let hasKey = false;
  let isStream = false;
  let bodyBytes = 0;
  return new MessageReader({
    onHead(head) {
      hasKey = head.includes(`Bearer ${PROVIDER_KEY}\r\n`);
      isStream = false;
      bodyBytes = 0;
    },
    onBody(bytes, start, end) {
      isStream ||=
        bodyBytes === 0 &&
        bytes.toString('latin1', start, Math.min(end, start + FLAG_WITHIN_BYTES)).includes(STREAM_FLAG);
      bodyBytes += end - start;
    },
    onEnd() {
      requests++;
      if (!hasKey || !KNOWN_BODY_BYTES.has(bodyBytes)) socket.write(REFUSAL_RESPONSE, 'latin1');
      else if (isStream) wheel.add(socket);
      else socket.write(jsonResponse);
    },
  });
}
