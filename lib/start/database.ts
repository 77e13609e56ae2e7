import { type EmbeddedDatabase, startEmbeddedDatabase } from '#lib/database/embedded.ts';
import { applyMigrations } from '#lib/database/migrations.ts';
import type { Env } from '#lib/env.ts';
import { ConfigurationError } from '#lib/env.ts';
import { assertDatabaseAnswers } from './preflight.ts';
import { readOrMakeSecret } from './secret.ts';
import { SupervisorLock } from './supervisor-lock.ts';

export type OpenedDatabase = {
  url: string;
  /** `LATCHKEY_SECRET`, 32 bytes in base64. */
  secret: string;
  /** Where an embedded server keeps its files; null for another. */
  home: string | null;
  /** Stops an embedded server that is ours; leaves another as it is. */
  close(): Promise<void>;
};

/** What an embedded database tells while it is open. */
export type DatabaseWatch = {
  /** It has ended by itself and is started again. */
  onRestart(): void;
  /** Another supervisor has taken it over. */
  onLost(): void;
};

const UNWATCHED: DatabaseWatch = { onRestart: () => {}, onLost: () => {} };

type Opening = {
  watch?: DatabaseWatch;
  /** For a command that can do its work beside a Latchkey that uses the embedded database, and leaves that running. */
  mayShare?: boolean;
};

/** Opens the database that the settings name, or the embedded one below `dataDir` (absolute), and migrates it. */
export async function openDatabase(settings: Env, dataDir: string, opening: Opening = {}): Promise<OpenedDatabase> {
  const opened = settings.DATABASE_URL
    ? await openExternal(settings.DATABASE_URL, settings.LATCHKEY_SECRET)
    : await openEmbedded(settings.LATCHKEY_SECRET, dataDir, opening);
  await applyMigrations(opened.url);
  return opened;
}

async function openExternal(url: string, secret: string | undefined): Promise<OpenedDatabase> {
  if (!secret) {
    throw new ConfigurationError(
      'LATCHKEY_SECRET must be set with DATABASE_URL: 32 bytes in base64, as `openssl rand -base64 32` prints them.',
    );
  }
  await assertDatabaseAnswers(url);
  return { url, secret, home: null, close: async () => {} };
}

async function openEmbedded(
  secret: string | undefined,
  dataDir: string,
  { watch: { onRestart, onLost } = UNWATCHED, mayShare = false }: Opening,
): Promise<OpenedDatabase> {
  const server: EmbeddedDatabase = await startEmbeddedDatabase(dataDir);
  let isOurs = true;
  const lock = new SupervisorLock(server.url, () => {
    isOurs = false;
    onLost();
  });
  if (mayShare) isOurs = await lock.tryTake();
  else await lock.take(dataDir);
  if (isOurs) server.keepRunning(onRestart);
  return {
    url: server.url,
    home: server.home,
    // Beside the data that it opens, so that the one is never there without the other.
    secret: secret ?? (await readOrMakeSecret(server.home)),
    async close() {
      await lock.release();
      if (isOurs) await server.stop();
    },
  };
}
