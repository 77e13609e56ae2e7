import { readdir, readFile } from 'node:fs/promises';
import { childPids } from '#e2e/support/child-processes.ts';
import type { Stage } from './stage.ts';

/** Of the worker that has most; zero where there is no /proc to read. */
export type Resources = { descriptors: number; residentMiB: number; openCalls: number };

const PAGE_BYTES = 4_096;

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
  const pages = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '0 0')));
  const resident = pages.map((line) => (Number(line.split(' ')[1]) * PAGE_BYTES) / 1024 ** 2);
  const metrics = await (await fetch(stage.metricsUrl)).text();
  return {
    descriptors: Math.max(...descriptors),
    residentMiB: Math.round(Math.max(...resident)),
    openCalls: Number(/^latchkey_open_requests (\d+)/m.exec(metrics)?.[1] ?? Number.NaN),
  };
}
