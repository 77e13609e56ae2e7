import { existsSync } from 'node:fs';
import path from 'node:path';
import { withProgress } from '#scripts/progress.mjs';
import { runCommand } from '#scripts/run-command.mjs';

/**
 * Where a program is, installed from Debian's packages if it is missing and can be.
 *
 * @returns null when it is not there and cannot be installed.
 */
export async function ensureDebianTool(program: string, packageName: string): Promise<string | null> {
  const found = findProgram(program);
  if (found || process.getuid?.() !== 0 || !findProgram('apt-get')) return found;
  try {
    await withProgress(`Installing ${packageName}`, async () => {
      await runCommand('apt-get', ['update', '--quiet']);
      // At this run level a package does not start the service that it brings.
      const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
      await runCommand('apt-get', ['install', '--yes', '--no-install-recommends', packageName], env);
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return findProgram(program);
}

function findProgram(program: string): string | null {
  const directories = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  const candidates = directories.map((directory) => path.join(directory, program));
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}
