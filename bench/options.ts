import { parseArgs } from 'node:util';
import { ConfigurationError } from '#lib/env.ts';

/** How much work a run does. */
export type Scale = {
  rounds: number;
  /** Of each closed loop. */
  closedLoopSeconds: number;
  /** Calls to each contestant before anything is measured. */
  warmUpCalls: number;
  /** Whether the case that measures memory starts from fresh processes, which keep nothing of earlier work. */
  restarts: boolean;
  /** Calls to each contestant in each round of `first-byte`. */
  firstByteCalls: number;
  /** Of each `mixed` round. */
  mixedSeconds: number;
  idleSeconds: number;
};

export type Options = {
  scale: Scale;
  quick: boolean;
  /** Names; null: all. */
  cases: string[] | null;
  contestants: string[] | null;
};

const FULL: Scale = {
  rounds: 3,
  closedLoopSeconds: 2,
  warmUpCalls: 40_000,
  restarts: true,
  firstByteCalls: 500,
  mixedSeconds: 2,
  idleSeconds: 3,
};

const QUICK: Scale = {
  rounds: 1,
  closedLoopSeconds: 1,
  warmUpCalls: 3_000,
  restarts: false,
  firstByteCalls: 100,
  mixedSeconds: 1,
  idleSeconds: 1,
};

const MAX_ROUNDS = 20;

export const USAGE = `npm run bench -- [--quick] [--rounds=N] [--cases=a,b] [--contestants=a,b]

  --quick         one short round without the long cases, for a first look
  --rounds        how often everything is measured; the tables show medians
  --cases         which cases; sse-4000-soak and abandoned run only when named here
  --contestants   which contestants`;

/** @throws ConfigurationError with what is wrong. */
export function readOptions(args: string[]): Options {
  const values = parse(args);
  const scale = values.quick ? QUICK : FULL;
  const rounds = values.rounds === undefined ? scale.rounds : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
    throw new ConfigurationError(`--rounds must be a whole number from 1 to ${MAX_ROUNDS}.`);
  }
  return {
    scale: { ...scale, rounds },
    quick: values.quick,
    cases: values.cases?.split(',') ?? null,
    contestants: values.contestants?.split(',') ?? null,
  };
}

function parse(args: string[]) {
  const options = {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    cases: { type: 'string' },
    contestants: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new ConfigurationError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
