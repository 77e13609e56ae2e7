import type { Figure } from '../cases/case.ts';
import type { Results } from './results.ts';
import { formatNumber, formatRatio, formatShare, NOT_MEASURED } from './table.ts';

/** One contestant's figures in one case. */
export type Row = { results: Results; caseName: string; contestant: string };

export type Column = { title: string; cell(row: Row): string };

const US_PER_MS = 1_000;

function read({ results, caseName, contestant }: Row, figure: Figure, of = contestant): number | null {
  return results.get(caseName, of, figure);
}

/** CPU of the contestant's processes. With no process there is nothing to report. */
function readCpu(row: Row, of = row.contestant): number | null {
  return of === 'direct' ? null : read(row, 'cpuUs', of);
}

function plain(title: string, figure: Figure, scale = 1): Column {
  return {
    title,
    cell(row) {
      const value = read(row, figure);
      return formatNumber(value === null ? null : value / scale);
    },
  };
}

/** What a contestant adds to calling the upstream directly in the same round. */
function added(title: string, figure: Figure, scale = 1): Column {
  return {
    title,
    cell(row) {
      const difference = readAdded(row, figure);
      return formatNumber(difference === null ? null : difference / scale);
    },
  };
}

export function readAdded(row: Row, figure: Figure): number | null {
  const [value, base] = [read(row, figure), read(row, figure, 'direct')];
  return row.contestant === 'direct' || value === null || base === null ? null : value - base;
}

const comparison: Column[] = [
  { title: '÷ nginx', cell: (row) => formatRatio(readCpu(row), readCpu(row, 'nginx')) },
  { title: '÷ Portkey', cell: (row) => formatShare(readCpu(row), readCpu(row, 'portkey')) },
];

const cpu = (title: string): Column => ({ title, cell: (row) => formatNumber(readCpu(row)) });

const database: Column = {
  title: 'database, µs',
  cell: (row) => (read(row, 'databaseUs') ? formatNumber(read(row, 'databaseUs')) : NOT_MEASURED),
};

export const closedLoopColumns: Column[] = [
  cpu('CPU a request, µs'),
  ...comparison,
  database,
  plain('requests/s', 'perSecond'),
  plain('p50, ms', 'latencyP50Us', US_PER_MS),
  plain('p99, ms', 'latencyP99Us', US_PER_MS),
];

export const firstByteColumns: Column[] = [
  plain('p50, ms', 'firstByteP50Us', US_PER_MS),
  plain('p99, ms', 'firstByteP99Us', US_PER_MS),
  added('added p50, ms', 'firstByteP50Us', US_PER_MS),
  added('added p99, ms', 'firstByteP99Us', US_PER_MS),
];

export const mixedColumns: Column[] = [
  cpu('CPU a call, µs'),
  ...comparison,
  database,
  plain('first byte p50, ms', 'firstByteP50Us', US_PER_MS),
  plain('first byte p99, ms', 'firstByteP99Us', US_PER_MS),
];

export const streamsColumns: Column[] = [
  cpu('CPU a chunk, µs'),
  ...comparison,
  cpuToOpen(),
  memory('held, KiB a stream', 'heldKiB'),
  memory('flowing, KiB a stream', 'flowingKiB'),
  plain('chunk delay p50, ms', 'chunkDelayP50Us', US_PER_MS),
  plain('p99, ms', 'chunkDelayP99Us', US_PER_MS),
  plain('chunks a read', 'chunksPerRead'),
  cpuOfRead(),
  plain('time ÷ ideal', 'stretch'),
];

export const abandonedColumns: Column[] = [
  cpuToOpen(),
  plain('descriptors before', 'descriptorsBefore'),
  plain('after', 'descriptorsAfter'),
  plain('memory before, MiB', 'memoryBeforeMiB'),
  plain('after, MiB', 'memoryAfterMiB'),
];

/** Who was how busy, in processors. */
export const coresColumns: Column[] = [
  plain('contestant', 'contestantCores'),
  plain('upstream', 'upstreamCores'),
  plain('generator', 'generatorCores'),
  plain('others', 'othersCores'),
  plain('idle', 'idleCores'),
];

function cpuToOpen(): Column {
  return {
    title: 'CPU to open, µs',
    cell: (row) => formatNumber(row.contestant === 'direct' ? null : read(row, 'openCpuUs')),
  };
}

/** Where chunks are put together, what a chunk costs says little: this is what it cost each time to pass some on. */
function cpuOfRead(): Column {
  return {
    title: 'CPU a read, µs',
    cell(row) {
      const [cpuUs, chunks] = [readCpu(row), read(row, 'chunksPerRead')];
      return formatNumber(cpuUs === null || chunks === null ? null : cpuUs * chunks);
    },
  };
}

function memory(title: string, figure: Figure): Column {
  return { title, cell: (row) => formatNumber(row.contestant === 'direct' ? null : read(row, figure)) };
}
