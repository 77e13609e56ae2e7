import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withProgress } from '#scripts/progress.mjs';
import { runCommand } from '#scripts/run-command.mjs';

/** Clients that are too large for everyone who runs the tests, in a folder that is not the repository's. */
const FOLDER = path.resolve(import.meta.dirname, '../../.latchkey-clients');
const NODE_FOLDER = path.join(FOLDER, 'node');
const PYTHON_FOLDER = path.join(FOLDER, 'python');

const NODE_PACKAGES = ['@openai/codex@0.169.0', '@anthropic-ai/claude-code@2.1.332'];
const PYTHON_PACKAGES = ['openai==3.57.0', 'anthropic==2.14.0', 'google-genai==3.6.1'];

export const CODEX = path.join(NODE_FOLDER, 'node_modules/.bin/codex');
export const CLAUDE_CODE = path.join(NODE_FOLDER, 'node_modules/.bin/claude');
export const PYTHON = path.join(PYTHON_FOLDER, 'bin/python');

/** What to do when a client that `install` brings is not here, else null. */
export function missingIn(file: string): string | null {
  return existsSync(file) ? null : 'npm run clients -- --install';
}

/** Brings the command lines and Python's SDKs, about 1 GB, in these versions. */
export async function install(): Promise<void> {
  await mkdir(NODE_FOLDER, { recursive: true });
  // Without a manifest of its own, npm would install into the repository's.
  await writeFile(path.join(NODE_FOLDER, 'package.json'), '{ "private": true }\n');
  await withProgress('Installing the command lines', async () => {
    await runCommand('npm', ['install', '--prefix', NODE_FOLDER, '--save-exact', ...NODE_PACKAGES]);
    // Where npm holds install scripts back, this puts the program in its place.
    await runCommand(process.execPath, [path.join(NODE_FOLDER, 'node_modules/@anthropic-ai/claude-code/install.cjs')]);
  });
  await withProgress("Installing Python's SDKs", async () => {
    await runCommand('python3', ['-m', 'venv', PYTHON_FOLDER]);
    await runCommand(PYTHON, ['-m', 'pip', 'install', '--quiet', ...PYTHON_PACKAGES]);
  });
}
