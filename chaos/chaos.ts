import { setTimeout as sleep } from 'node:timers/promises';
import { writeTable } from '../bench/report/table.ts';
import { type Call, makeCalls } from './calls.ts';
import { disturb } from './disturbances.ts';
import { LiveTokens } from './live-tokens.ts';
import { type Resources, readResources } from './resources.ts';
import type { Stage } from './stage.ts';
import { judge } from './verdict.ts';

const CLIENTS = 48;
/** Calls are made without disturbance first, so that what is compared afterwards is a proxy that has worked. */
const WARM_UP_MS = 4_000;
/** For idle connections to upstreams to end. */
const COOL_DOWN_MS = 8_000;
const MORE_DESCRIPTORS = 16;
const MORE_MIB = 64;

/** Lets everything fail for so long while calls are made, prints what happened, and says whether all promises held. */
export async function runChaos(stage: Stage, { seconds, workers }: { seconds: number; workers: number }) {
  const tokens = new LiveTokens(stage, workers);
  const calls: Call[] = [];
  await stage.untilTrusted();
  const load = (until: number) =>
    Promise.all([
      tokens.run(until),
      ...Array.from({ length: CLIENTS }, () => makeCalls(stage, tokens, until, (call) => calls.push(call))),
    ]);
  await load(performance.now() + WARM_UP_MS);
  await sleep(COOL_DOWN_MS);
  const before = await readResources(stage);
  const until = performance.now() + seconds * 1_000;
  const [disturbances] = await Promise.all([disturb(stage, until), load(until)]);
  await sleep(COOL_DOWN_MS);
  const after = await readResources(stage);

  const outcomes = countBy(calls, (call) => `${call.behaviour} | ${judge(call, disturbances)}`);
  print('what the upstream did | what the client saw', outcomes);
  print(
    'what was done',
    countBy(disturbances, ({ kind }) => kind),
  );
  print('tokens', new Map(Object.entries(tokens.counts)));
  const leaks = compare(before, after);
  const broken = [...outcomes]
    .filter(([outcome]) => outcome.includes('| !'))
    .map(([outcome, count]) => `${outcome}: ${count}`);
  for (const problem of [...broken, ...leaks]) console.log(`BROKEN: ${problem}`);
  console.log(broken.length + leaks.length === 0 ? '\nEvery promise held.' : '\nA promise was broken.');
  return broken.length + leaks.length === 0;
}

function compare(before: Resources, after: Resources): string[] {
  const names = ['descriptors', 'residentMiB', 'openCalls'] as const;
  const rows = names.map((name) => [name, String(before[name]), String(after[name])]);
  console.log(`\n${writeTable(['of the worker that has most', 'before', 'after'], rows)}`);
  const leaks: string[] = [];
  if (after.descriptors > before.descriptors + MORE_DESCRIPTORS) leaks.push('descriptors did not come back');
  if (after.residentMiB > before.residentMiB + MORE_MIB) leaks.push('memory did not come back');
  if (after.openCalls !== 0) leaks.push('calls are still open');
  return leaks;
}

function countBy<Item>(items: readonly Item[], name: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(name(item), (counts.get(name(item)) ?? 0) + 1);
  return new Map([...counts].sort());
}

function print(title: string, counts: Map<string, number>): void {
  const rows = [...counts].map(([name, count]) => [...name.split(' | '), String(count)]);
  console.log(`\n${writeTable([...title.split(' | '), 'count'], rows)}`);
}
