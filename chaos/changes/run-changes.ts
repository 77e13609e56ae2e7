import { setTimeout as sleep } from 'node:timers/promises';
import { writeTable } from '../../bench/report/table.ts';
import { type Stage, startConsole } from '../stage.ts';
import { Admins } from './admins.ts';
import { type Freeze, freezeInTurn } from './freezes.ts';
import { reckon } from './reckoning.ts';

/** Until the last change is answered, and what was held up is over. */
const COOL_DOWN_MS = 15_000;

/**
 * Has two consoles create and delete tokens and sign users out, while the database and one of the consoles are held;
 * then holds every answer against rows, audit, and what the proxies accept. Says whether all agree.
 */
export async function runChanges(stage: Stage): Promise<boolean> {
  const frozen = await startConsole(stage.cluster.url);
  const admins = await Admins.open(stage, [stage.console.origin, frozen.origin]);
  let until = Infinity;
  const freezing = freezeInTurn(stage, frozen.pid()).finally(() => {
    until = performance.now();
  });
  const [freezes] = await Promise.all([freezing, admins.run(() => performance.now() < until)]);
  await sleep(COOL_DOWN_MS);
  const outcomes = await countOutcomes(stage, admins, freezes, frozen.origin);
  const rows = [...outcomes].sort().map(([outcome, count]) => [...outcome.split(' | '), String(count)]);
  console.log(`\n${writeTable(['what was asked for', 'what became of it', 'count'], rows)}`);
  const broken = [...outcomes].filter(([outcome]) => outcome.includes('| !'));
  for (const [outcome, count] of broken) console.log(`BROKEN: ${outcome}: ${count}`);
  await admins.close();
  await frozen.stop();
  return broken.length === 0;
}

async function countOutcomes(stage: Stage, { changes }: Admins, freezes: Freeze[], frozenOrigin: string) {
  const outcomes = new Map<string, number>();
  for (const change of changes) {
    const outcome = `${change.kind} | ${await reckon(stage, change, freezes, frozenOrigin)}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  return outcomes;
}
