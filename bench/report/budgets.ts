import { readAdded } from './columns.ts';
import type { Results } from './results.ts';
import { formatNumber } from './table.ts';

/** A budget of the proxy; see `docs/decisions/benchmark.md`. */
export type Budget = { what: string; limit: string; measured: string; isKept: boolean };

type Wanted = { what: string; limit: string; most: number; unit: string; read(results: Results): number | null };

const cpuRatio = (caseName: string, peer: string) => (results: Results) => {
  const [own, other] = [results.get(caseName, 'latchkey', 'cpuUs'), results.get(caseName, peer, 'cpuUs')];
  return own !== null && other ? own / other : null;
};

const addedMs = (figure: 'firstByteP50Us' | 'firstByteP99Us') => (results: Results) => {
  const value = readAdded({ results, caseName: 'first-byte', contestant: 'latchkey' }, figure);
  return value === null ? null : value / 1_000;
};

const ofGoodCall = (caseName: string) => (results: Results) => {
  const [bad, good] = [results.get(caseName, 'latchkey', 'cpuUs'), results.get('json-small', 'latchkey', 'cpuUs')];
  return bad !== null && good ? bad / good : null;
};

const BUDGETS: readonly Wanted[] = [
  { what: 'small JSON, CPU ÷ nginx', limit: '≤ 3.5', most: 3.5, unit: '×', read: cpuRatio('json-small', 'nginx') },
  {
    what: 'small JSON, CPU ÷ Portkey',
    limit: '≤ 1/8',
    most: 1 / 8,
    unit: '×',
    read: cpuRatio('json-small', 'portkey'),
  },
  {
    what: 'a chunk at 200 streams, CPU ÷ nginx',
    limit: '≤ 2.5',
    most: 2.5,
    unit: '×',
    read: cpuRatio('sse-200', 'nginx'),
  },
  {
    what: 'a chunk at 2,000 calm streams, CPU ÷ nginx',
    limit: '≤ 2.5',
    most: 2.5,
    unit: '×',
    read: cpuRatio('sse-2000-calm', 'nginx'),
  },
  { what: 'added time to first byte, p50', limit: '≤ 0.5', most: 0.5, unit: 'ms', read: addedMs('firstByteP50Us') },
  { what: 'added time to first byte, p99', limit: '≤ 2', most: 2, unit: 'ms', read: addedMs('firstByteP99Us') },
  {
    what: 'memory a stream, the most while 2,000 flow',
    limit: '≤ 40',
    most: 40,
    unit: 'KiB',
    read: (results) => results.get('sse-2000-calm', 'latchkey', 'flowingKiB'),
  },
  { what: 'an unknown token, CPU ÷ a good call', limit: '< 1', most: 1, unit: '×', read: ofGoodCall('unknown-token') },
  { what: 'a wrong checksum, CPU ÷ a good call', limit: '< 1', most: 1, unit: '×', read: ofGoodCall('wrong-checksum') },
  {
    what: 'a wrong checksum, database CPU',
    limit: '0 (below 0.5)',
    most: 0.5,
    unit: 'µs',
    read: (results) => results.get('wrong-checksum', 'latchkey', 'databaseUs'),
  },
];

/** The budgets of which this run measured what they need. */
export function judgeBudgets(results: Results): Budget[] {
  return BUDGETS.flatMap(({ what, limit, most, unit, read }) => {
    const value = read(results);
    if (value === null) return [];
    return [{ what, limit: `${limit} ${unit}`, measured: `${formatNumber(value)} ${unit}`, isKept: value <= most }];
  });
}
