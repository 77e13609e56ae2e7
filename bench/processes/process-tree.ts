import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes `roots` and all that descend from them.
 *
 * @throws when one of `roots` has ended: what its children do could not be told from what others do.
 */
export function listTree(roots: readonly number[]): number[] {
  const childrenOf = new Map<number, number[]>();
  const alive = new Set<number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isNaN(pid) ? null : readParent(pid);
    if (parent === null) continue;
    alive.add(pid);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const ended = roots.find((pid) => !alive.has(pid));
  if (ended !== undefined) throw new Error(`process ${ended} has ended`);
  const found = [...roots];
  // The list grows while it is walked.
  for (const pid of found) found.push(...(childrenOf.get(pid) ?? []));
  return found;
}

function readParent(pid: number): number | null {
  const stat = readProcFile(`/proc/${pid}/stat`);
  return stat === null ? null : Number(splitStat(stat)[1]);
}

/** The fields of `/proc/[pid]/stat` from the third on (proc_pid_stat(5)): the second, a name, may hold anything. */
export function splitStat(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Null when the process has ended. */
export function readProcFile(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

/** Ends a process by force, or with a negative number its group; one that has ended already is no error. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
