import type { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import { findSession } from '#lib/auth/session.ts';

/**
 * What every server action does first: it asks for the session, and parses its input, because whoever has a session can
 * send one by hand.
 *
 * @param refuse the answer to input that the schema does not take.
 */
export async function withInput<Input, Result, Refused>(
  input: unknown,
  schema: z.ZodType<Input>,
  refuse: (error: z.ZodError<Input>) => Refused,
  run: (session: Session, parsed: Input) => Promise<Result>,
) {
  const session = await findSession();
  if (!session) return { ok: false, code: 'sessionEnded' } as const;
  const parsed = schema.safeParse(input);
  return parsed.success ? run(session, parsed.data) : refuse(parsed.error);
}

/** Which fields were wrong, and why: codes of the schemas, no text. A form checks its input before and never sees it. */
export function nameIssues(error: z.ZodError) {
  const issues = error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  return { ok: false, code: 'invalid', issues } as const;
}
