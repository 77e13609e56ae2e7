import { formatWithOptions, inspect } from 'node:util';
import { logger } from '#lib/logger.ts';

/** Longer than any message that is meant to be read; what a client sent may be in it. */
const MOST_CHARS = 4_000;

/** The colours that libraries write in; other escapes are shown as what they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
const COLOURS = /\x1b\[[\d;]*m/g;

/**
 * Makes lines of the log of whatever else writes to this process's outputs: Next, libraries, Node's own warnings. What they
 * quote a client or a provider on could otherwise write lines that look like the log's.
 */
export function takeOutput(): void {
  const logAt = (level: 'info' | 'warn' | 'error') => (text: string) => {
    const said = text.replace(COLOURS, '').trim();
    if (said !== '') logger[level](said.length > MOST_CHARS ? `${said.slice(0, MOST_CHARS)} …` : said);
  };
  process.stdout.write = writeTo(logAt('info'));
  process.stderr.write = writeTo(logAt('warn'));
  const logError = logAt('error');
  console.error = (...parts: unknown[]) => logError(formatWithOptions({ colors: false }, ...parts));
  // Node's own listener writes past all of this. It drops, as Node is told to by each process here, what is experimental.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') logger.warn({ err: warning }, 'a warning of Node');
  });
}

/** Ends this process at an error that nobody caught, as Node would, but says it in the log. */
export function logUncaught(): void {
  process.on('uncaughtException', (error: unknown) => {
    logger.fatal({ err: error instanceof Error ? error : new Error(inspect(error)) }, 'an error was caught by nobody');
    process.exit(1);
  });
}

/** What stands for a stream's `write`: it takes all at once. */
function writeTo(take: (text: string) => void): typeof process.stdout.write {
  return (chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  };
}
