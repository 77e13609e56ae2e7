// Plain JavaScript that the system's Node runs before anything is installed: brings node_modules and the generated
// Prisma client to what package-lock.json and schema.prisma say, and does nothing when they already are.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Latchkey needs Node 20.19 or newer to install; this is ${process.version}.`);
  process.exit(1);
}

process.chdir(new URL('..', import.meta.url).pathname.replace(/%20/g, ' '));

runOnChange('node_modules/.latchkey-installed', ['package-lock.json', 'package.json'], 'Installing packages', () =>
  run('npm', ['ci', '--include=dev']),
);
runOnChange('prisma/generated/.latchkey-generated', ['package-lock.json', 'prisma/schema.prisma'], 'Generating the database client', () =>
  // The client needs no engine; the CLI would try to download one.
  run('node', ['node_modules/prisma/build/index.js', 'generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
);
