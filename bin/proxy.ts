import { once } from 'node:events';
import { ConfigurationError, serverEnv } from '#lib/env.ts';
import { logger } from '#lib/logger.ts';
import { closeProxyContext, createProxyContext } from '#lib/proxy/context.ts';
import { drain } from '#lib/proxy/drain.ts';
import { createProxyServer } from '#lib/proxy/server.ts';

/** The data plane as a process: serves until SIGTERM or SIGINT, then lets open responses finish. */
async function main(): Promise<void> {
  const env = serverEnv();
  const context = createProxyContext(env);
  const server = createProxyServer(context);
  server.listen(env.PORT, env.HOST);
  await once(server, 'listening');
  logger.info({ host: env.HOST, port: env.PORT }, 'proxy listening');
  process.send?.('listening');

  await stopRequested();
  // Asked twice, whoever asks means now.
  process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
  const inTime = await drain(server, env.DRAIN_TIMEOUT_MS);
  if (!inTime) logger.warn({ limitMs: env.DRAIN_TIMEOUT_MS }, 'responses were cut at the drain limit');
  await closeProxyContext(context);
  process.exit(0);
}

/** A signal, or the end of the process that started this one. */
function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve());
    process.once('disconnect', () => resolve());
  });
}

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigurationError || (error instanceof Error && 'syscall' in error);
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exit(1);
});
