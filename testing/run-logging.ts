import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Runs a program (JavaScript) in a process of its own that has `logger` and logs to a pipe. */
export function runLogging(program: string): ChildProcessByStdio<null, Readable, Readable> {
  const code = `const { logger } = await import('#lib/logger.ts'); ${program}`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code];
  return spawn(process.execPath, args, {
    env: { ...process.env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
