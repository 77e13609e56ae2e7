import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '#lib/env.ts';
import { type BenchCase, blame } from './cases/case.ts';
import { CASES } from './cases/catalog.ts';
import type { Contestant } from './contestant.ts';
import { readOptions, USAGE } from './options.ts';
import { judgeBudgets } from './report/budgets.ts';
import { readMachine } from './report/machine.ts';
import { type Run, writeReport } from './report/markdown.ts';
import { Results } from './report/results.ts';
import { Cleanup } from './setup/cleanup.ts';
import { openStage } from './setup/open-stage.ts';
import { type Entrant, enter, listContestants, measureIdle, type Stage } from './stage.ts';

const resultsDir = path.join(import.meta.dirname, 'results');

await main();

/** `npm run bench`: the same work through all contestants, in one run. */
async function main(): Promise<void> {
  const cleanup = new Cleanup();
  const interrupted = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      console.error(`Stopped by ${signal}; no results are written.`);
      process.exitCode = 130;
      interrupted.resolve();
    });
  }
  // Whatever goes wrong, and wherever, what was started is ended.
  process.on('uncaughtException', interrupted.reject);
  try {
    await Promise.race([bench(process.argv.slice(2), cleanup), interrupted.promise]);
  } catch (error) {
    console.error(error instanceof ConfigurationError ? error.message : error);
    process.exitCode = 1;
  }
  await cleanup.run();
  process.exit();
}

async function bench(args: string[], cleanup: Cleanup): Promise<void> {
  const options = readOptions(args);
  if (process.platform !== 'linux') throw new Error('The benchmark reads CPU time from /proc: it needs Linux.');
  const startedAt = performance.now();
  const machine = readMachine();
  const cases = pick(CASES, options.cases).filter(
    ({ isLong, isSoak }) => options.cases !== null || !(isSoak || (options.quick && isLong)),
  );
  const { ready, unavailable } = await prepareAll(pick(await listContestants(), options.contestants));

  const stage = await openStage(options.scale, cleanup);
  const entrants: Entrant[] = [];
  for (const { contestant, version } of ready) {
    console.error(`Starting ${contestant.name}`);
    entrants.push(await blame(contestant.name, enter(stage, contestant, version)));
  }
  await measureIdle(entrants, options.scale.idleSeconds);
  const results = await runRounds(stage, cases, entrants);

  await writeResults({
    at: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    machine,
    rounds: options.scale.rounds,
    hasWrk: stage.wrk !== null,
    seconds: (performance.now() - startedAt) / 1_000,
    cases,
    contestants: entrants.map(({ name, description, version }) => ({ name, description, version })),
    unavailable,
    results,
  });
}

/** Those of `all` with the given names, in the order of `all`; all of them without names. */
function pick<T extends { name: string }>(all: readonly T[], names: string[] | null): T[] {
  const known = all.map(({ name }) => name);
  const wrong = names?.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new ConfigurationError(`There is no "${wrong}", only ${known.join(', ')}.\n\n${USAGE}`);
  return all.filter(({ name }) => names?.includes(name) ?? true);
}

/** Installs and builds what contestants need, before anything is measured. */
async function prepareAll(contestants: readonly Contestant[]) {
  const ready: { contestant: Contestant; version: string }[] = [];
  const unavailable: Run['unavailable'] = [];
  for (const contestant of contestants) {
    const result = await contestant.prepare();
    if ('version' in result) ready.push({ contestant, version: result.version });
    else unavailable.push({ name: contestant.name, reason: result.unavailable });
  }
  for (const { name, reason } of unavailable) console.error(`${name} does not take part: ${reason}.`);
  return { ready, unavailable };
}

async function runRounds(stage: Stage, cases: readonly BenchCase[], entrants: readonly Entrant[]): Promise<Results> {
  const results = new Results();
  for (let round = 0; round < stage.scale.rounds; round++) {
    // Each round begins with another contestant, so that none always follows the same one.
    const order = [...entrants.slice(round % entrants.length), ...entrants.slice(0, round % entrants.length)];
    for (const benchCase of cases) {
      console.error(`Round ${round + 1} of ${stage.scale.rounds}: ${benchCase.name}`);
      results.add(benchCase, await benchCase.run(stage, order));
    }
  }
  return results;
}

async function writeResults(run: Run): Promise<void> {
  const markdown = writeReport(run);
  await mkdir(resultsDir, { recursive: true });
  await writeFile(path.join(resultsDir, 'latest.md'), markdown);
  await writeFile(
    path.join(resultsDir, 'latest.json'),
    `${JSON.stringify({ ...run, budgets: judgeBudgets(run.results) }, null, 2)}\n`,
  );
  console.log(markdown);
}
