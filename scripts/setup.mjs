// Plain JavaScript that the system's Node runs before anything is installed: brings node_modules and the generated
// Prisma client to what package-lock.json and schema.prisma say, and does nothing when they are there already.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';

const GENERATED_STAMP = 'prisma/generated/.made-from';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Latchkey needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}
process.chdir(fileURLToPath(new URL('..', import.meta.url)));

try {
  if (!isInstalled()) {
    await withProgress('Installing packages', () => runCommand('npm', ['ci', '--include=dev']));
  }
  const clientInputs = hashOf('prisma/schema.prisma', 'package-lock.json');
  if (readIfThere(GENERATED_STAMP) !== clientInputs) {
    // The client needs no engine, but the CLI looks for one and would download it.
    const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
    await runCommand(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], env);
    writeFileSync(GENERATED_STAMP, clientInputs);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** Whether node_modules holds the versions that package-lock.json names. */
function isInstalled() {
  const hidden = readIfThere('node_modules/.package-lock.json');
  if (hidden === null) return false;
  const { '': _, ...wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const present = JSON.parse(hidden).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    // Optional packages are those of other platforms.
    present[path] ? present[path].version === version : optional === true,
  );
}

/** @param {string[]} files */
function hashOf(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
