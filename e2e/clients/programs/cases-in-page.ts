import { judge, type Outcome } from '../client.ts';

declare global {
  /** Whoever opens the page gives these to it. */
  var place: { gateway: string; token: string; answer: string };
  function reportOutcome(outcome: Outcome): Promise<void>;
}

/** `cases.ts` for a program that runs in a page. */
export const { gateway, token, answer: ANSWER } = globalThis.place;

/** Runs cases one after the other and reports the outcome of each. */
export async function runCases(cases: Record<string, () => Promise<void>>): Promise<void> {
  for (const [what, run] of Object.entries(cases)) await reportOutcome(await judge(what, run));
}
