import { AppError } from '#lib/errors.ts';
import { logger } from '#lib/logger.ts';

/**
 * The answer of an action that changes something, also when that fails: `unexpected` says that nothing was done,
 * `outcomeUnknown` that it may have been. A browser that gets no answer at all knows as little.
 */
export async function tellOutcome<Result>(change: () => Promise<Result>) {
  try {
    return await change();
  } catch (error) {
    const isKnown = !(error instanceof AppError && error.code === 'outcome_unknown');
    logger.error({ err: error }, isKnown ? 'a change failed' : 'it is not known whether a change was made');
    return { ok: false, code: isKnown ? 'unexpected' : 'outcomeUnknown' } as const;
  }
}
