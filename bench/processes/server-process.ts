import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntilAnswers } from '#lib/process/readiness.ts';
import type { Cleanup } from '../setup/cleanup.ts';
import { endProcess } from './process-tree.ts';

const START_LIMIT_MS = 30_000;
const STOP_GRACE_MS = 5_000;
const KEPT_OUTPUT_CHARS = 4_000;

export type ServerProcess = { pid: number; stop(): Promise<void> };

export type ServerCommand = {
  command: string;
  args: string[];
  env: Record<string, string>;
  /** Where it answers when it is ready, with any status. */
  readyUrl: string;
  /** What it logs goes to a file, as under a service manager: nobody who reads it takes time from the processors. */
  logFile: string;
};

/**
 * Starts a server and waits until it answers. It gets `env` and nothing of this process's environment but PATH and
 * HOME, so that all runs are alike.
 *
 * @throws with the end of its output when it ends or does not answer within 30 s.
 */
export async function startServer(
  { command, args, env, readyUrl, logFile }: ServerCommand,
  cleanup: Cleanup,
): Promise<ServerProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const log = await open(logFile, 'w');
  const child = spawn(command, args, {
    // A group of its own: Ctrl-C reaches only the benchmark, which ends everything in order.
    detached: true,
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', log.fd, log.fd],
  });
  const stop = cleanup.add(() => stopGroup(child));
  await log.close();
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${command} ended with ${signal ?? code}`)));
  });
  try {
    await Promise.race([waitUntilAnswers(readyUrl, START_LIMIT_MS), ended]);
  } catch (cause) {
    throw new Error(`It wrote:\n${(await readFile(logFile, 'utf8')).slice(-KEPT_OUTPUT_CHARS)}`, { cause });
  }
  if (child.pid === undefined) throw new Error(`${command} has no process`);
  return { pid: child.pid, stop };
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([exited, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  }
  // What is left of the group: a process that hangs, or the children of one that was ended by force.
  endProcess(-child.pid);
}
