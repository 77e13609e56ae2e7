import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type ChildInfo = { pid: number; command: string };

/** The processes that `parent` has started and that still run, such as the workers of a proxy. */
export async function listChildren(parent: number): Promise<ChildInfo[]> {
  // Small Linux images have no `ps`.
  return process.platform === 'linux' ? readProc(parent) : askPs(parent);
}

export async function childPids(parent: number): Promise<number[]> {
  return (await listChildren(parent)).map(({ pid }) => pid);
}

async function readProc(wanted: number): Promise<ChildInfo[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const stat = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '');
      // proc_pid_stat(5): the second field, a name in brackets, may hold anything; state and parent follow it.
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(parent) !== wanted || state === 'Z') return null;
      const command = await readFile(`/proc/${name}/cmdline`, 'latin1').catch(() => '');
      return { pid: Number(name), command: command.replaceAll('\0', ' ') };
    }),
  );
  return found.filter((child) => child !== null);
}

async function askPs(wanted: number): Promise<ChildInfo[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    return Number(parent) === wanted ? [{ pid: Number(pid), command }] : [];
  });
}
