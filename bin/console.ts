import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import next from 'next';
import { BodyGate } from '#lib/console/body-gate.ts';
import { refuseUnread } from '#lib/console/refuse-unread.ts';
import { ConfigurationError, serverEnv } from '#lib/env.ts';
import { findClientAddress, openTrustedProxies } from '#lib/proxy/access/client-address.ts';
import { HeaderLines } from '#lib/proxy/headers/header-lines.ts';

/** How long a whole request may take to come: a megabyte from a slow line. Node waits five minutes. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The console as a process of its own, on HOST:PORT. `bin/start.ts` runs it on loopback behind the proxy; alone it
 * can serve a private address.
 */
try {
  const { PORT, HOST, CONSOLE_ORIGIN, TRUSTED_PROXIES } = serverEnv();
  // Only now: the log reads the settings too, and a bad one is to be told in one line.
  const { takeOutput } = await import('#lib/log/take-output.ts');
  takeOutput();
  // next-auth reads this itself; see its documentation, "Options".
  process.env.NEXTAUTH_URL ??= CONSOLE_ORIGIN ?? `http://localhost:${PORT}`;
  // Where Next reaches itself; by itself it would go by what a client says of the scheme.
  process.env.__NEXT_PRIVATE_ORIGIN ??= `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
  // Behind the proxy its route would be a second reading of an address, and a member of the data plane that serves nobody.
  process.env.CONSOLE_SERVES_GATEWAYS ||= 'off';
  const app = next({ dev: false, dir: `${import.meta.dirname}/..`, hostname: HOST, port: PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  const trusted = openTrustedProxies(TRUSTED_PROXIES);
  // Where the route serves gateways, what clients send them is longer, and none of a form's.
  const gate = process.env.CONSOLE_SERVES_GATEWAYS === 'off' ? new BodyGate() : null;
  const limits = gate ? { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS } : {};
  const server = createServer(limits, (request, response) => {
    if (refuseUnread(request, response) || gate?.refuse(request, response)) return;
    const { socket, headers, rawHeaders } = request;
    // Next would take the client's word for it.
    headers['x-forwarded-for'] = findClientAddress(socket.remoteAddress, new HeaderLines(rawHeaders), trusted) ?? '';
    handle(request, response);
  });
  server.listen(PORT, HOST);

  const close = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  };
  process.once('SIGTERM', close);
  // The supervisor is gone: nobody would end this process later.
  process.once('disconnect', () => process.exit(0));
} catch (error) {
  // To whoever started it, in plain words: nobody else has said anything yet.
  if (error instanceof ConfigurationError) writeSync(2, `${error.message}\n`);
  else console.error(error);
  process.exit(1);
}
