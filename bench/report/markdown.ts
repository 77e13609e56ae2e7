import type { BenchCase } from '../cases/case.ts';
import { median } from '../load/quantile.ts';
import { judgeBudgets } from './budgets.ts';
import {
  abandonedColumns,
  type Column,
  closedLoopColumns,
  coresColumns,
  firstByteColumns,
  mixedColumns,
  streamsColumns,
} from './columns.ts';
import type { Machine } from './machine.ts';
import type { Results } from './results.ts';
import { formatNumber, NOT_MEASURED, writeTable } from './table.ts';

/** As much as any machine does by itself. */
const QUIET_CORES = 0.1;

/** What is known of a run. */
export type Run = {
  at: string;
  command: string;
  machine: Machine;
  rounds: number;
  /** Whether wrk made the closed loops. */
  hasWrk: boolean;
  seconds: number;
  cases: readonly BenchCase[];
  contestants: { name: string; description: string; version: string }[];
  /** Who did not take part, and why. */
  unavailable: { name: string; reason: string }[];
  results: Results;
};

/** The run as a Markdown page. */
export function writeReport(run: Run): string {
  const { machine, contestants, unavailable } = run;
  const who = contestants.map(
    ({ name, description, version }) => `* **${name}**${version && ` ${version}`}: ${description}.`,
  );
  const missing = unavailable.map(({ name, reason }) => `* **${name}** did not take part: ${reason}.`);
  const sections = [
    '# Benchmark',
    `${run.at}, \`${run.command}\`, ${Math.round(run.seconds)} s. ${machine.processors} processors (${machine.processor}), ` +
      `${machine.memoryGiB} GiB, ${machine.system}; load before: ${formatNumber(machine.loadBefore)}. ` +
      `${run.rounds === 1 ? 'One round' : `Medians of ${run.rounds} rounds`}, the contestants in turn in each.`,
    [...who, ...missing].join('\n'),
    ...run.cases.map((benchCase) => writeCase(run, benchCase)),
    writeBudgets(run.results),
    writeChecks(run),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

function writeCase(run: Run, { name, description }: BenchCase): string {
  return `## ${name}\n\n${description}.\n\n${writeRows(run, name, columnsOf(name))}`;
}

function columnsOf(caseName: string): Column[] {
  if (caseName === 'first-byte') return firstByteColumns;
  if (caseName === 'mixed') return mixedColumns;
  if (caseName === 'abandoned') return abandonedColumns;
  return caseName.startsWith('sse-') ? streamsColumns : closedLoopColumns;
}

function writeRows({ results, contestants }: Run, caseName: string, columns: Column[]): string {
  const names = contestants.map(({ name }) => name).filter((name) => results.includes(caseName, name));
  const filled = columns
    .map(({ title, cell }) => ({ title, cells: names.map((contestant) => cell({ results, caseName, contestant })) }))
    .filter(({ cells }) => cells.some((cell) => cell !== NOT_MEASURED));
  const rows = names.map((contestant, index) => [contestant, ...filled.map(({ cells }) => cells[index] ?? '')]);
  return writeTable(['', ...filled.map(({ title }) => title)], rows);
}

function writeBudgets(results: Results): string {
  const budgets = judgeBudgets(results);
  if (budgets.length === 0) return '';
  const rows = budgets.map(({ what, limit, measured, isKept }) => [
    what,
    limit,
    measured,
    isKept ? 'kept' : '**not kept**',
  ]);
  return `## Budgets of the proxy\n\n${writeTable(['', 'budget', 'measured', ''], rows)}`;
}

function writeChecks(run: Run): string {
  const { results, cases } = run;
  const perSecond = results.get('json-small', 'direct', 'perSecond');
  const busy = cases.filter(({ name }) => name !== 'first-byte');
  const tables = busy.map(({ name }) => `**${name}**, processors used:\n\n${writeRows(run, name, coresColumns)}`);
  const direct =
    perSecond === null ? '' : ` Together they do ${formatNumber(perSecond)} small calls a second without a contestant.`;
  const facts = [
    "CPU is the processes' own time, user and system, with their descendants, less what they use when idle. It " +
      'depends little on who else uses the processors, so its ratios are what to compare; times and requests a second do.',
    `Load comes from ${run.hasWrk ? 'wrk (closed loops) and ' : ''}a generator on bare sockets, answers from an upstream ` +
      `on bare sockets, each a process of its own, whose CPU is not counted as a contestant's.${direct} Where a ` +
      'contestant used about one processor, it was the limit itself; where it used less and nothing was idle, the ' +
      'machine was.',
    'Every response was as expected, or the run would have failed: status, length, and number of chunks; at the ' +
      "upstream: the provider's key, the length of the body, the number of calls, none of them for a refused token.",
    "Latchkey's proxy writes a log line for every call, to a file, and counts for its metrics; nginx logs nothing.",
    describeOthers(run),
    'Where chunks a read is well above 1, the machine fell behind and chunks were put together on the way: compare the ' +
      'CPU of a read there, and the CPU of a chunk where it is about 1.',
  ];
  return ['## What was checked', facts.map((fact) => `* ${fact}`).join('\n'), ...tables].join('\n\n');
}

/** Whether the machine did something else meanwhile. */
function describeOthers({ results, cases, contestants }: Run): string {
  const shares = cases.flatMap(({ name }) =>
    contestants.flatMap((contestant) => results.get(name, contestant.name, 'othersCores') ?? []),
  );
  const [usual, most] = [median(shares), Math.max(0, ...shares)].map(formatNumber);
  const range = `what is not of this benchmark used ${usual} processors, the median over all cases, and ${most} at most`;
  return Math.max(0, ...shares) < QUIET_CORES
    ? `The machine was otherwise idle: ${range}.`
    : `**The machine was shared**: ${range}. Times and requests a second are worse than they would be, and so a little is CPU.`;
}
