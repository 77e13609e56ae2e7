import { type EmbeddedDatabase, startEmbeddedDatabase } from '#lib/database/embedded.ts';
import { prepareDatabase } from '#lib/database/prepare.ts';
import { type DatabaseUrls, embeddedUrls, type Part } from '#lib/database/roles.ts';
import type { Env } from '#lib/env.ts';
import { ConfigurationError } from '#lib/env.ts';
import { assertDatabaseAnswers } from './preflight.ts';
import { readOrMakeSecret } from './secret.ts';
import { SupervisorLock } from './supervisor-lock.ts';

type OpenDatabase = {
  urls: DatabaseUrls;
  /** `LATCHKEY_SECRET`, 32 bytes in base64. */
  secret: string;
  /** Where an embedded server keeps its files; null for another. */
  home: string | null;
  /** Stops an embedded server that is ours; leaves another as it is. */
  close(): Promise<void>;
};

export type OpenedDatabase = OpenDatabase & {
  /** Those whose role no rights limit. */
  unlimited: Part[];
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
  const urls = externalUrls(settings);
  const opened = urls
    ? await openExternal(urls, settings.LATCHKEY_SECRET)
    : await openEmbedded(settings.LATCHKEY_SECRET, dataDir, opening);
  const { unlimited } = await prepareDatabase(opened.urls, urls === null);
  return { ...opened, unlimited };
}

/** Connection strings of a database of the operator's own; null where there is none. One will do for all. */
export function externalUrls(settings: Env): DatabaseUrls | null {
  const { DATABASE_URL: url, MIGRATION_DATABASE_URL: owner = url, PROXY_DATABASE_URL: proxy = url } = settings;
  return url && owner && proxy ? { owner, console: url, proxy } : null;
}

async function openExternal(urls: DatabaseUrls, secret: string | undefined): Promise<OpenDatabase> {
  if (!secret) {
    throw new ConfigurationError(
      'LATCHKEY_SECRET must be set with DATABASE_URL: 32 bytes in base64, as `openssl rand -base64 32` prints them.',
    );
  }
  await assertDatabaseAnswers('DATABASE_URL', urls.console);
  await assertDatabaseAnswers('MIGRATION_DATABASE_URL', urls.owner);
  await assertDatabaseAnswers('PROXY_DATABASE_URL', urls.proxy);
  return { urls, secret, home: null, close: async () => {} };
}

async function openEmbedded(
  secret: string | undefined,
  dataDir: string,
  { watch: { onRestart, onLost } = UNWATCHED, mayShare = false }: Opening,
): Promise<OpenDatabase> {
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
    urls: embeddedUrls(server.url),
    home: server.home,
    // Beside the data that it opens, so that the one is never there without the other.
    secret: secret ?? (await readOrMakeSecret(server.home)),
    async close() {
      await lock.release();
      if (isOurs) await server.stop();
    },
  };
}
