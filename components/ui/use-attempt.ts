import { useState } from 'react';

/**
 * Does something on the server, one time at a time, and knows how that went.
 *
 * @param attempt says what went wrong; null for nothing. When it throws, no answer came: what was done is not known.
 */
export function useAttempt<Problem extends string>(attempt: () => Promise<Problem | null>) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | 'outcomeUnknown' | null>(null);

  async function run() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      setProblem(await attempt());
    } catch {
      setProblem('outcomeUnknown');
    } finally {
      setPending(false);
    }
  }

  return { run, pending, problem };
}
