// Plain JavaScript: the system's Node runs it before anything is installed.
import { spawn } from 'node:child_process';

/** What opens keys, accounts and the database is of no use to an installer or a build, nor to what those run. */
const NO_SECRETS = {
  ADMIN_PASSWORD: undefined,
  DATABASE_URL: undefined,
  LATCHKEY_SECRET: undefined,
  LATCHKEY_SECRET_PREVIOUS: undefined,
  MIGRATION_DATABASE_URL: undefined,
  PROXY_DATABASE_URL: undefined,
};

/**
 * Runs a command to its end and keeps what it prints, for the error message if it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to this process's environment, of which secrets are left out
 * @returns {Promise<string>} standard output and standard error, interleaved
 */
export function runCommand(command, args, env = {}) {
  const child = spawn(command, args, {
    env: { ...process.env, ...NO_SECRETS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}
