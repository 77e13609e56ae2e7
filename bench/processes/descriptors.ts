import { readdirSync } from 'node:fs';
import { listTree } from './process-tree.ts';

/** Files, sockets and pipes that `roots` and their descendants have open. */
export function countDescriptors(roots: readonly number[]): number {
  return listTree(roots).reduce((total, pid) => total + readdirSync(`/proc/${pid}/fd`).length, 0);
}
