import { createServer, type ServerResponse } from 'node:http';
import { Agent, type Dispatcher } from 'undici';

/**
 * The least that a proxy on Node can be: Node's HTTP server and undici, a swapped header, and nothing else. It checks
 * nothing, and is no proxy to use. Set by `PORT`, `UPSTREAM_ORIGIN` and `AUTHORIZATION`.
 */
const { PORT, UPSTREAM_ORIGIN = '', AUTHORIZATION = '' } = process.env;
const agent = new Agent({ pipelining: 1 });
const NOT_PASSED: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'authorization',
]);

createServer((request, response) => {
  const { method = 'GET', url: path = '/', rawHeaders } = request;
  const headers = passed(rawHeaders);
  headers.push('authorization', AUTHORIZATION);
  const body = method === 'GET' ? null : request;
  const handler = passOn(response);
  response.on('close', () => handler.abandon());
  agent.dispatch({ origin: UPSTREAM_ORIGIN, path, method, headers, body }, handler);
}).listen(Number(PORT), '127.0.0.1');

const textOf = (part: Buffer | string) => part.toString('latin1');

/** A loop and no closures: what this costs counts. */
function passed(raw: readonly string[]): string[] {
  const lines: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!NOT_PASSED.has(name.toLowerCase())) lines.push(name, raw[index + 1] ?? '');
  }
  return lines;
}

function passOn(response: ServerResponse): Dispatcher.DispatchHandler & { abandon(): void } {
  let controller: Dispatcher.DispatchController | undefined;
  return {
    abandon: () => {
      if (!response.writableFinished) controller?.abort(new Error('the client went'));
    },
    onRequestStart: (started) => {
      controller = started;
    },
    onResponseStart: ({ rawHeaders }, status) => {
      const lines = Array.isArray(rawHeaders) ? rawHeaders.map(textOf) : [];
      response.writeHead(status, passed(lines));
    },
    onResponseData: (flowing, chunk) => {
      if (response.write(chunk)) return;
      flowing.pause();
      response.once('drain', () => flowing.resume());
    },
    onResponseEnd: () => {
      response.end();
    },
    onResponseError: () => {
      response.destroy();
    },
  };
}
