import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** What the console's build is made of. */
const INPUTS = [
  'app',
  'components',
  'lib',
  'messages',
  'public',
  'prisma/schema.prisma',
  'next.config.ts',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'package-lock.json',
];

/**
 * Builds the console into `distDir` (relative to the project) unless the build there was made from these very
 * sources.
 *
 * @param env added to this process's environment.
 * @throws with the build's output when it fails.
 */
export async function ensureConsoleBuild(distDir: string, env: Record<string, string> = {}): Promise<void> {
  const stamp = path.join(root, distDir, '.made-from');
  const inputs = await hashInputs();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === inputs) return;
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  await withProgress('Building the console', () =>
    runCommand(process.execPath, [next, 'build', root], {
      ...env,
      NEXT_DIST_DIR: distDir,
      NEXT_TELEMETRY_DISABLED: '1',
    }),
  );
  await writeFile(stamp, inputs);
}

async function hashInputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of await listFiles(path.join(root, input))) {
      hash.update(`${path.relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function listFiles(target: string): Promise<string[]> {
  if (!existsSync(target)) return [];
  if ((await stat(target)).isFile()) return [target];
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
