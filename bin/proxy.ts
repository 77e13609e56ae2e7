import { writeSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, proxyEnv } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { shedEnvironment } from '#lib/process/child-environment.ts';

/** The data plane: `PROXY_WORKERS` processes that serve, and this one, which keeps them running. */
try {
  const env = proxyEnv();
  shedEnvironment(env.DATABASE_URL);
  // Only now: what is imported here reads the settings too, and a bad one is to be told in one line.
  const { logUncaught, takeOutput } = await import('#lib/log/take-output.ts');
  takeOutput();
  logUncaught();
  const { runProxy } = await import('#lib/start/proxy.ts');
  await runProxy(env, path.join(import.meta.dirname, 'proxy-worker.ts'));
  process.exit(0);
} catch (error) {
  // To whoever started it, in plain words: nobody else has said anything yet.
  if (error instanceof ConfigurationError || error instanceof AppError) writeSync(2, `${error.message}\n`);
  else console.error(error);
  process.exit(1);
}
