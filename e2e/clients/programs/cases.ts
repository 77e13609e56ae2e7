import { judge } from '../client.ts';

/** What a client is driven with: by the environment, so that no secret stands in a list of processes. */
export const { GATEWAY: gateway = '', LATCHKEY_TOKEN: token = '', ANSWER = '' } = process.env;

/** Runs cases one after the other and writes the outcome of each as a JSON line. */
export async function runCases(cases: Record<string, () => Promise<void>>): Promise<void> {
  for (const [what, run] of Object.entries(cases)) {
    process.stdout.write(`${JSON.stringify(await judge(what, run))}\n`);
  }
}
