import { existsSync, readdirSync } from 'node:fs';
import { listTree, readProcFile, splitStat } from './process-tree.ts';

/** Linux reports in hundredths of a second everywhere (`sysconf(_SC_CLK_TCK)`). */
const US_PER_TICK = 10_000;

/** Nanoseconds instead of ticks, where the kernel keeps them. */
const HAS_SCHEDSTAT = existsSync('/proc/self/schedstat');

/** CPU time, user and system, by process, in microseconds since it started. */
export type CpuReading = ReadonlyMap<number, number>;

/**
 * What `roots` and their descendants have used so far. Read it while they are idle: the kernel adds up the time of a
 * running thread only now and then.
 */
export function readCpu(roots: readonly number[]): CpuReading {
  return new Map(listTree(roots).map((pid) => [pid, readProcessCpuUs(pid)]));
}

/** Microseconds used from one reading to the next. What a process used that has ended meanwhile is lost. */
export function cpuUsBetween(before: CpuReading, after: CpuReading): number {
  let usedUs = 0;
  for (const [pid, us] of after) usedUs += Math.max(0, us - (before.get(pid) ?? 0));
  return usedUs;
}

/** CPU time of the children of this process that have ended, in microseconds. */
export function readEndedChildrenCpuUs(): number {
  const fields = splitStat(readProcFile('/proc/self/stat') ?? '');
  return (Number(fields[13]) + Number(fields[14])) * US_PER_TICK;
}

/** What all processors have done since the machine started, in microseconds. */
export function readMachineCpuUs(): { busyUs: number; idleUs: number } {
  const [line = ''] = (readProcFile('/proc/stat') ?? '').split('\n');
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .replace(/^cpu +/, '')
    .split(' ')
    .map((ticks) => Number(ticks) * US_PER_TICK);
  return { busyUs: user + nice + system + irq + softirq + steal, idleUs: idle + iowait };
}

function readProcessCpuUs(pid: number): number {
  if (HAS_SCHEDSTAT) return readThreadsCpuUs(pid);
  const stat = readProcFile(`/proc/${pid}/stat`);
  if (stat === null) return 0;
  const fields = splitStat(stat);
  return (Number(fields[11]) + Number(fields[12])) * US_PER_TICK;
}

/** `/proc/[pid]/schedstat` is of the first thread alone. */
function readThreadsCpuUs(pid: number): number {
  let totalUs = 0;
  for (const thread of listThreads(pid)) {
    const [onCpuNs] = (readProcFile(`/proc/${pid}/task/${thread}/schedstat`) ?? '0').split(' ');
    totalUs += Number(onCpuNs) / 1_000;
  }
  return totalUs;
}

function listThreads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended since it was listed.
    return [];
  }
}
