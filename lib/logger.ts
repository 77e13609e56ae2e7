import pino from 'pino';
import { env } from '#lib/env.ts';
import { lineForTerminal } from '#lib/terminal-line.ts';

/** Lines are written together, at the latest after this time: one write for many calls. */
const FLUSH_EVERY_MS = 100;
const BUFFER_BYTES = 8 * 1024;
/** When whoever reads the log does not keep up, lines are lost and requests do not wait. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * Structured log to standard error: JSON, one object a line, and short text where a person reads it in a terminal.
 * Give it ids and timings, never a secret or a body.
 */
export const logger = pino(
  { level: env().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime },
  process.stderr.isTTY ? { write: (line: string) => process.stderr.write(lineForTerminal(line)) } : openLog(),
);

function openLog() {
  const log = pino.destination({ fd: 2, sync: false, minLength: BUFFER_BYTES, maxLength: MOST_WAITING_BYTES });
  setInterval(() => log.flush(), FLUSH_EVERY_MS).unref();
  return log;
}
