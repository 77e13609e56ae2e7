import { inspect } from 'node:util';
import { ConfigurationError } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

/**
 * Runs a command, and ends the process with it: the engine that looks for migrations leaves a timer behind, for which
 * Node would wait 10 s. What an operator can put right is said in one line.
 *
 * @param command returns the exit code.
 */
export async function runToEnd(command: () => Promise<number>): Promise<never> {
  try {
    process.exit(await command());
  } catch (error) {
    const expected = error instanceof ConfigurationError || error instanceof AppError;
    process.stderr.write(`${expected ? error.message : inspect(error)}\n`);
    process.exit(1);
  }
}
