import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const SAMPLE_EVERY_MS = 20;
const KIBIBYTE = 1024;

/** The resident memory of a process, in bytes. */
export async function readResidentBytes(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * KIBIBYTE;
  }
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) * KIBIBYTE;
}

/** By how many bytes the resident memory of a process rises above what it is now, at most, while `work` is done. */
export async function riseWhile(pid: number, work: () => Promise<void>): Promise<number> {
  const before = await readResidentBytes(pid);
  let most = before;
  let isDone = false;
  const sampling = (async () => {
    while (!isDone) {
      most = Math.max(most, await readResidentBytes(pid));
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
    }
  })();
  try {
    await work();
  } finally {
    isDone = true;
    await sampling;
  }
  return most - before;
}
