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
import { openStage, type Stage } from './stage.ts';

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

if (options.install) await install();
const stage = await openStage();
try {
  let failed = 0;
  for (const client of CLIENTS.filter(({ name }) => name.toLowerCase().includes(options.only.toLowerCase()))) {
    failed += await driveClient(client, stage);
  }
  console.log(failed === 0 ? '\nNo case failed.' : `\n${failed} failed.`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await stage.close();
}

/** Returns how many cases failed. */
async function driveClient(client: Client, stage: Stage): Promise<number> {
  const missing = client.missing();
  if (missing !== null) {
    writeMissing(client.name, missing);
    return 0;
  }
  let failed = 0;
  for (const address of stage.addresses) {
    if (address.prefix === null) {
      const hostsLine = `127.0.0.1 ${new URL(address.url).hostname}`;
      writeMissing(`${client.name}, ${address.form} form`, `a line "${hostsLine}" in /etc/hosts`);
      continue;
    }
    const home = await mkdtemp(path.join(os.tmpdir(), 'latchkey-client-'));
    failed += await driveAt(client, address.form, makePlace(stage, address.url, address.prefix, home));
    await rm(home, { recursive: true, force: true });
  }
  return failed;
}

function makePlace(stage: Stage, gateway: string, prefix: string[], home: string): Place {
  const { token, deadProxyUrl, pages, tap } = stage;
  const run = (program: Program) => runProgram(program, { home, prefix, deadProxyUrl });
  return { gateway, token, home, deadProxyUrl, pages, run, seen: tap.seen };
}

/** Returns how many cases failed; one that ends the client's driving is one of them. */
async function driveAt(client: Client, form: string, place: Place): Promise<number> {
  let failed = 0;
  const take = (outcome: Outcome) => {
    writeOutcome(`${client.name}, ${form} form`, outcome, stage.tap.takeSeen(outcome.endedAt), options.requests);
    if (outcome.failure !== null) failed += 1;
  };
  try {
    for await (const outcome of client.drive(place)) take(outcome);
  } catch (error) {
    take({ what: 'can be driven', failure: String(error), endedAt: Date.now() });
  }
  return failed;
}
