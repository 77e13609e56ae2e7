import type { Cleanup } from './setup/cleanup.ts';
import type { CredentialKind, Tenant } from './setup/tenant.ts';

/** What contestants are started with. */
export type BenchContext = {
  /** Where the stand-in for a provider answers; its API starts at `/v1`. */
  upstreamOrigin: string;
  /** For a contestant's files; removed at the end. */
  workDir: string;
  cleanup: Cleanup;
  /** Latchkey's database with a gateway in it; opened when first asked for. */
  tenant(): Promise<Tenant>;
};

/** A contestant that answers. Only 127.0.0.1 is used. */
export type RunningContestant = {
  origin: string;
  /** The path of a chat completion. */
  path: string;
  /** What a call must carry; null when the contestant has no notion of such a credential. A new token at each call. */
  headers(credential: CredentialKind): Record<string, string> | null;
  /** The processes that do the work; their descendants count as theirs. */
  pids(): number[];
  /** The processes of the database that it uses, if any. */
  databasePids?(): number[];
  stop(): Promise<void>;
};

/** One way to reach the upstream. A file in `contestants/` exports one as `contestant`, under its file's name. */
export type Contestant = {
  name: string;
  /** One sentence for the report: what it is and how it is set up. */
  description: string;
  /** Installs what is missing, before anything is measured. */
  prepare(): Promise<{ version: string } | { unavailable: string }>;
  start(context: BenchContext): Promise<RunningContestant>;
};
