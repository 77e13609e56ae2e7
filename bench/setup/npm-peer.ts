import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { withProgress } from '#scripts/progress.mjs';
import { runCommand } from '#scripts/run-command.mjs';

/** Versions by package name. */
type Versions = Record<string, string>;

/**
 * Installs a package that only the benchmark needs, outside this project's dependencies, and keeps it for later runs.
 *
 * @param overrides for packages that it depends on, where the newest that it allows would not do.
 * @returns the package's directory.
 * @throws with npm's output when it cannot be installed.
 */
export async function ensureNpmPeer(name: string, version: string, overrides: Versions = {}): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  const label = Object.entries({ [name]: version, ...overrides }).flat();
  const home = path.join(cache, 'latchkey-bench', label.join('-').replaceAll('/', '-'));
  const installed = path.join(home, 'node_modules', name);
  if (existsSync(installed)) return installed;
  // Installed beside and renamed, so that what was cut short is never mistaken for the whole.
  const partial = `${home}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    const manifest = { private: true, dependencies: { [name]: version }, overrides };
    await writeFile(path.join(partial, 'package.json'), JSON.stringify(manifest));
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await withProgress(`Installing ${name}@${version}`, () =>
      runCommand('npm', ['install', '--prefix', partial, ...flags]),
    );
    await rename(partial, home);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return installed;
}
