import pino from 'pino';
import { env } from '#lib/env.ts';
import { LogBatch } from '#lib/log/log-batch.ts';
import { LogOutput } from '#lib/log/log-output.ts';
import { lineForTerminal } from '#lib/log/terminal-line.ts';

/** When whoever reads the log does not keep up, or there is no room for it, lines are lost and requests do not wait. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

let stampedAt = 0;
let stamp = '';

/**
 * Structured log to standard error: JSON, one object a line, and short text where a person reads it in a terminal.
 * Give it ids and timings, never a secret or a body.
 */
export const logger = pino(
  { level: env().LOG_LEVEL, base: null, timestamp: isoTime },
  process.stderr.isTTY ? openTerminal() : openLog(),
);

/** Not by `process.stderr`, which may be taken; see `lib/log/take-output.ts`. */
function openTerminal() {
  const terminal = pino.destination({ fd: 2, sync: true });
  return { write: (line: string) => terminal.write(lineForTerminal(line)) };
}

function openLog() {
  return new LogBatch(new LogOutput(2, MOST_WAITING_BYTES));
}

/** As pino's own; under load many lines are written in one millisecond. */
function isoTime(): string {
  const now = Date.now();
  if (now !== stampedAt) {
    stampedAt = now;
    stamp = `,"time":"${new Date(now).toISOString()}"`;
  }
  return stamp;
}
