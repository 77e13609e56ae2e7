import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Runs code for Node as a client app's author would, in a process of its own; returns what it printed. */
export function runNodeSnippet(code: string, directory = root): Promise<string> {
  return run(process.execPath, ['--input-type=module'], code, directory);
}

/** Runs a command line as it would be pasted; returns what it printed. */
export function runShellSnippet(code: string, directory: string): Promise<string> {
  return run('sh', ['-s'], code, directory);
}

async function run(command: string, args: string[], code: string, directory: string): Promise<string> {
  const child = spawn(command, args, { cwd: directory, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.stdin.end(code);
  await once(child, 'close');
  return output.trim();
}
