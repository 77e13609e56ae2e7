import { once } from 'node:events';
import type { Env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { logger } from '#lib/logger.ts';
import { closeProxyContext, createProxyContext } from './context.ts';
import { drain } from './drain.ts';
import { createProxyServer } from './server.ts';

/**
 * Serves until SIGTERM, SIGINT or the end of the process that started this one, then lets open responses finish.
 *
 * @throws AppError `cannot_start` when the port cannot be opened.
 */
export async function runProxy(env: Env & { DATABASE_URL: string; LATCHKEY_SECRET: string }): Promise<void> {
  const context = createProxyContext(env);
  const server = createProxyServer(context);
  server.listen(env.PORT, env.HOST);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    const detail = `PORT ${env.PORT} on ${env.HOST} cannot be opened (${cause.code}).`;
    throw new AppError('cannot_start', { cause, detail });
  });
  logger.info({ host: env.HOST, port: env.PORT }, 'proxy listening');
  process.send?.('listening');

  await stopRequested();
  // Asked twice, whoever asks means now.
  process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
  const inTime = await drain(server, env.DRAIN_TIMEOUT_MS);
  if (!inTime) logger.warn({ limitMs: env.DRAIN_TIMEOUT_MS }, 'responses were cut at the drain limit');
  await closeProxyContext(context);
}

function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve());
    process.once('disconnect', () => resolve());
  });
}
