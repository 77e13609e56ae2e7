import os from 'node:os';

/** What the figures depend on. */
export type Machine = {
  processor: string;
  processors: number;
  memoryGiB: number;
  system: string;
  /** Processes that wanted a processor in the last minute, on average, before the run began. */
  loadBefore: number;
};

export function readMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    processors: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release().split('-')[0]}`,
    loadBefore: os.loadavg()[0] ?? 0,
  };
}
