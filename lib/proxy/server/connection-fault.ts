import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type OwnAnswer, refuse } from '../errors.ts';
import { codeOf } from '../upstream/failure.ts';

/** For the client to read the answer before the connection goes (RFC 9112 §9.6). */
const LINGER_MS = 1_000;

/** What a fault found by Node's HTTP parser is to the client; null when there is nobody left to tell. */
export function refusalForConnection(error: Error): OwnAnswer | null {
  const code = codeOf(error);
  if (code === 'HPE_HEADER_OVERFLOW') return refuse('headers_too_large');
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return refuse('request_too_large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refuse('request_timeout');
  return code.startsWith('HPE_') ? refuse('invalid_request') : null;
}

/** Answers where there is no response object, because no request could be read, and closes. */
export function answerOnSocket(socket: Duplex, refusal: OwnAnswer): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`];
  for (let i = 0; i < refusal.headers.length; i += 2) lines.push(`${refusal.headers[i]}: ${refusal.headers[i + 1]}`);
  lines.push('connection: close', '', '');
  socket.end(Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), refusal.body]));
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
