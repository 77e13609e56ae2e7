import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Runs a program (JavaScript) in a process of its own that has `logger` and logs to a pipe. */
export function runLogging(program: string): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, argsFor(program), { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The same with a log that is an open file; resolves at the end with what it wrote to standard output. */
export async function runLoggingTo(fd: number, program: string): Promise<{ said: string; code: unknown }> {
  // What hangs would hang for ever, also after the test has failed.
  const limit = { timeout: 60_000, killSignal: 'SIGKILL' } as const;
  const child = spawn(process.execPath, argsFor(program), { ...limit, env, stdio: ['ignore', 'pipe', fd] });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { said, code };
}

const env = { ...process.env, LOG_LEVEL: 'info' };

function argsFor(program: string): string[] {
  const code = `const { logger } = await import('#lib/logger.ts'); ${program}`;
  return ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code];
}
