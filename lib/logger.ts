import pino from 'pino';
import { env } from '#lib/env.ts';

/** Structured log, one JSON object a line, to standard error. Give it ids and timings, never a secret or a body. */
export const logger = pino(
  { level: env().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination(2),
);
