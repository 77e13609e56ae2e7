import type { SeenRequest } from './tap.ts';

/** A command to run, with what is added to its environment. */
export type Program = { command: string; args: string[]; env?: Record<string, string> };

/** What a program that has ended wrote, and its exit code; null when it was ended by a signal. */
export type Ended = { code: number | null; stdout: string; stderr: string };

/** Where a client is driven: one form of the gateway's address, and a folder that is its home. */
export type Place = {
  gateway: string;
  token: string;
  home: string;
  deadProxyUrl: string;
  /** Origins of web pages: one that the gateway lists, and one that it does not. */
  pages: { listed: string; unlisted: string };
  run(program: Program): Promise<Ended>;
  /** What the client has sent to the gateway since its last outcome. */
  seen(): readonly SeenRequest[];
};

/** What one case came to: why it failed, or null, and when it was over, in milliseconds since 1970. */
export type Outcome = { what: string; failure: string | null; endedAt: number };

/** A client that this project did not write, driven as its users do. */
export type Client = {
  name: string;
  /** What to install when it is not here, else null. */
  missing(): string | null;
  drive(place: Place): AsyncIterable<Outcome>;
};

/** The outcome of `run`: what it throws is the failure. */
export async function judge(what: string, run: () => Promise<void>): Promise<Outcome> {
  const failure = await run().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { what, failure, endedAt: Date.now() };
}

/** @throws with what the program wrote when it failed or its answer does not hold `text`. */
export function expectAnswer({ code, stdout, stderr }: Ended, text: string): void {
  if (code === 0 && stdout.includes(text)) return;
  throw new Error(`exit ${code}: ${(stdout + stderr).trim().slice(-400)}`);
}
