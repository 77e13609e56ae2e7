import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from './chromium.ts';
import { claudeCode } from './claude-code.ts';
import type { Client, Outcome, Place, Program } from './client.ts';
import { codex } from './codex.ts';
import { curl } from './curl.ts';
import { install } from './installed.ts';
import { writeMissing, writeOutcome } from './report.ts';
import { runProgram } from './run-program.ts';
import { SDKS } from './sdks.ts';
import { openStage } from './stage.ts';

/**
 * `npm run clients`: drives clients that this project did not write, unmodified, at both forms of a gateway's address.
 * Exits with 1 when a case failed; a client that is not here is named with what to install.
 */
const { values: options } = parseArgs({
  options: {
    /** First brings the clients that are not devDependencies. */
    install: { type: 'boolean', default: false },
    /** Only clients whose name holds this. */
    only: { type: 'string', default: '' },
    /** Also writes what clients sent in cases that went well. */
    requests: { type: 'boolean', default: false },
  },
});

const CLIENTS: Client[] = [...SDKS, curl, chromium, codex, claudeCode];

const wanted = CLIENTS.filter(({ name }) => name.toLowerCase().includes(options.only.toLowerCase()));
if (wanted.length === 0) throw new Error(`None of these: ${CLIENTS.map(({ name }) => name).join('; ')}.`);
if (options.install) await install();
const count = { ok: 0, failed: 0, notHere: 0 };
const stage = await openStage();
try {
  for (const client of wanted) await driveClient(client);
} finally {
  await stage.close();
}
console.log(`\n${count.ok} ok, ${count.failed} failed, ${count.notHere} not here`);
process.exitCode = count.failed > 0 ? 1 : 0;

async function driveClient(client: Client): Promise<void> {
  const missing = client.missing();
  if (missing !== null) return noteMissing(client.name, missing);
  for (const { form, url, prefix } of stage.addresses) {
    const name = `${client.name}, ${form} form`;
    if (prefix === null) {
      noteMissing(name, `a line "127.0.0.1 ${new URL(url).hostname}" in /etc/hosts`);
      continue;
    }
    const home = await mkdtemp(path.join(os.tmpdir(), 'latchkey-client-'));
    await driveAt(name, client, makePlace(url, prefix, home));
    await rm(home, { recursive: true, force: true });
  }
}

function makePlace(gateway: string, prefix: string[], home: string): Place {
  const { token, deadProxyUrl, pages, tap } = stage;
  const run = (program: Program) => runProgram(program, { home, prefix, deadProxyUrl });
  return { gateway, token, home, deadProxyUrl, pages, run, seen: tap.seen };
}

/** What ends the client's driving is a failed case too. */
async function driveAt(name: string, client: Client, place: Place): Promise<void> {
  try {
    for await (const outcome of client.drive(place)) note(name, outcome);
  } catch (error) {
    note(name, { what: 'can be driven', failure: String(error), endedAt: Date.now() });
  }
}

function note(name: string, outcome: Outcome): void {
  writeOutcome(name, outcome, stage.tap.takeSeen(outcome.endedAt), options.requests);
  count[outcome.failure === null ? 'ok' : 'failed'] += 1;
}

function noteMissing(name: string, wantedHere: string): void {
  writeMissing(name, wantedHere);
  count.notHere += 1;
}
