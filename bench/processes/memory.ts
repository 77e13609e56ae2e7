import { listTree, readProcFile } from './process-tree.ts';

/**
 * Memory that `roots` and their descendants hold, in KiB: proportional set size, in which a page that several
 * processes share counts once.
 */
export function readPssKiB(roots: readonly number[]): number {
  return listTree(roots).reduce((total, pid) => {
    const rollup = readProcFile(`/proc/${pid}/smaps_rollup`) ?? '';
    return total + Number(/^Pss: +(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  }, 0);
}
