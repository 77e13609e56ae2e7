import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Ended, Program } from './client.ts';

/** Only a program that hangs takes as long. */
const LIMIT_MS = 180_000;

export type Surroundings = {
  /** Its home, working directory and folder for temporary files. */
  home: string;
  deadProxyUrl: string;
  /** What stands before the command. */
  prefix: readonly string[];
};

/**
 * Runs a client with nothing of this process's environment but the path to programs, and every address but the
 * gateway's behind a dead proxy.
 */
export async function runProgram({ command, args, env }: Program, surroundings: Surroundings): Promise<Ended> {
  const { home, deadProxyUrl, prefix } = surroundings;
  const [file = command, ...rest] = [...prefix, command, ...args];
  const child = spawn(file, rest, {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOME: home,
      TMPDIR: home,
      LANG: 'C.UTF-8',
      // Which spelling a client heeds differs.
      ...proxyVariables('HTTP_PROXY', deadProxyUrl),
      ...proxyVariables('HTTPS_PROXY', deadProxyUrl),
      ...proxyVariables('ALL_PROXY', deadProxyUrl),
      ...proxyVariables('NO_PROXY', 'localhost,127.0.0.1,.localhost'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...written };
}

function proxyVariables(name: string, value: string): Record<string, string> {
  return { [name]: value, [name.toLowerCase()]: value };
}
