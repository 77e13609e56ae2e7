import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedDatabase } from '#lib/database/embedded.ts';
import { applyMigrations } from '#lib/database/migrations.ts';
import { openDb } from '#lib/db.ts';
import { countUnused } from '#lib/tokens/count-tokens.ts';
import { deleteMatchingTokens } from '#lib/tokens/delete-matching-tokens.ts';
import { previewMatching } from '#lib/tokens/preview-deletion.ts';
import { listTokens } from '#lib/tokens/queries.ts';
import { tokenQuerySchema } from '#lib/tokens/schema.ts';
import { undoDeletion } from '#lib/tokens/undo-deletion.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { quantile } from '../load/quantile.ts';
import { type Crowd, makeTokens } from './make-tokens.ts';
import { listViews } from './views.ts';

/** What a page of the tab may take on the server, at the 95th percentile. */
const BUDGET_MS = 100;

const { values } = parseArgs({
  options: { tokens: { type: 'string', default: '1000000' }, repeats: { type: 'string', default: '20' } },
});
const [count, repeats] = [Number(values.tokens), Number(values.repeats)];

const directory = await mkdtemp(path.join(os.tmpdir(), 'latchkey-bench-'));
await chmod(directory, 0o711);
const cluster = await startEmbeddedDatabase(directory);
const db = openDb(cluster.url);
try {
  await applyMigrations(cluster.url);
  const startedAt = performance.now();
  const crowd = await makeTokens(db, count, (made) => process.stderr.write(`\r${made} tokens`));
  console.log(`\n${count} tokens made in ${seconds(performance.now() - startedAt)}`);
  await measureViews(db, crowd);
  await measureBulk(db, crowd);
} finally {
  await db.$disconnect();
  await cluster.stop();
  await rm(directory, { recursive: true, force: true });
}

async function measureViews(db: PrismaClient, { session, gatewayId }: Crowd): Promise<void> {
  console.log('\n   p50 ms   p95 ms   rows of');
  const groups = new Map<string, number[]>();
  for (const { name, query } of listViews(count)) {
    const parsed = tokenQuerySchema.parse(query);
    const times: number[] = [];
    let found = '';
    for (let i = 0; i < repeats; i++) {
      const startedAt = performance.now();
      const { rows, total, more } = await listTokens(db, session, gatewayId, parsed);
      times.push(performance.now() - startedAt);
      found = `${rows.length} of ${total}${more ? '+' : ''}`;
    }
    const group = groupOf(name);
    groups.set(group, [...(groups.get(group) ?? []), ...times]);
    print(name, times, found);
  }
  for (const [group, times] of groups) judge(group, times);
  const review = await timed(repeats, () => countUnused(db, session, gatewayId, '90'));
  judge('review line', review);
}

/** Ten thousand that a filter chooses: counted, deleted in parts, undone. No proxy is asked to confirm here. */
async function measureBulk(db: PrismaClient, { session, gatewayId }: Crowd): Promise<void> {
  const filter = { q: 'user001', status: '', unused: '' } as const;
  const chosen = { gatewayId, filter, exceptIds: [] };
  const [preview = 0] = await timed(1, () => previewMatching(db, session, chosen));
  const input = { ...chosen, asOf: new Date(), deletionId: randomUUID() };
  const startedAt = performance.now();
  let deleted = 0;
  for (let more = true; more; ) {
    const part = await deleteMatchingTokens(db, session, input);
    if (!part.ok) throw new Error(part.code);
    deleted += part.deleted;
    more = part.more;
  }
  const deletedAt = performance.now();
  const undone = await undoDeletion(db, session, { gatewayId, deletionId: input.deletionId });
  const undoneAt = performance.now();
  console.log(`\ncounted in ${seconds(preview)}, ${deleted} deleted in ${seconds(deletedAt - startedAt)},`);
  console.log(`${undone.ok ? undone.restored : 0} restored in ${seconds(undoneAt - deletedAt)}`);
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const startedAt = performance.now();
    await work();
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

/** Sorts, filters, searches. */
function groupOf(name: string): string {
  return `all of ${name.split(' ')[0]}`;
}

function print(name: string, times: number[], found: string): void {
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  const over = p95 > BUDGET_MS ? `  over ${BUDGET_MS} ms` : '';
  console.log(`${p50.toFixed(1).padStart(9)}${p95.toFixed(1).padStart(9)}   ${name}: ${found}${over}`);
}

/** What the budget is for. */
function judge(name: string, times: number[]): void {
  print(name, times, `${times.length} views`);
  if (quantile(times, 0.95) > BUDGET_MS) process.exitCode = 1;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
