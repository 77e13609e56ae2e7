import { createServer } from 'node:http';
import next from 'next';
import { ConfigurationError, serverEnv } from '#lib/env.ts';

/**
 * The console as a process of its own, on HOST:PORT. `bin/start.ts` runs it on loopback behind the proxy; alone it
 * can serve a private address.
 */
try {
  const { PORT, HOST, CONSOLE_ORIGIN } = serverEnv();
  // next-auth reads this itself; see its documentation, "Options".
  process.env.NEXTAUTH_URL ??= CONSOLE_ORIGIN ?? `http://localhost:${PORT}`;
  const app = next({ dev: false, dir: `${import.meta.dirname}/..`, hostname: HOST, port: PORT });
  await app.prepare();
  const server = createServer(app.getRequestHandler());
  server.listen(PORT, HOST);

  const close = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  };
  process.once('SIGTERM', close);
  // The supervisor is gone: nobody would end this process later.
  process.once('disconnect', () => process.exit(0));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
