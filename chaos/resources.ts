import { readdir } from 'node:fs/promises';
import { childPids } from '#testing/child-processes.ts';
import { readResidentBytes } from '#testing/resident-memory.ts';
import type { Stage } from './stage.ts';

/** Of the worker that has most; no descriptors where there is no /proc to read. */
export type Resources = { descriptors: number; residentMiB: number; openCalls: number };

const MEBIBYTE = 1024 * 1024;

export async function readResources(stage: Stage): Promise<Resources> {
  const pids = await childPids(stage.proxy.process.pid ?? 0);
  const descriptors = await Promise.all(
    pids.map((pid) =>
      readdir(`/proc/${pid}/fd`).then(
        (list) => list.length,
        () => 0,
      ),
    ),
  );
  const resident = await Promise.all(pids.map((pid) => readResidentBytes(pid).catch(() => 0)));
  const metrics = await (await fetch(stage.metricsUrl)).text();
  return {
    descriptors: Math.max(...descriptors),
    residentMiB: Math.round(Math.max(...resident) / MEBIBYTE),
    openCalls: Number(/^latchkey_open_requests (\d+)/m.exec(metrics)?.[1] ?? Number.NaN),
  };
}
