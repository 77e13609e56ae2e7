'use server';

import { changePassword } from '#lib/auth/change-password.ts';
import { endOtherSessions } from '#lib/auth/end-sessions.ts';
import { PasswordQueue } from '#lib/auth/password-queue.ts';
import { changePasswordSchema } from '#lib/auth/schema.ts';
import { continueSession, findSession, requestTrace } from '#lib/auth/session.ts';
import { tellOutcome } from '#lib/console/tell-outcome.ts';
import { withInput } from '#lib/console/with-input.ts';
import { db } from '#lib/db.ts';

const queue = new PasswordQueue();

export async function changePasswordAction(input: unknown) {
  const refuse = () => ({ ok: false, code: 'invalid' }) as const;
  return tellOutcome(() =>
    withInput(input, changePasswordSchema, refuse, async (session, parsed) => {
      const result = await changePassword(db(), queue, session, parsed, await requestTrace());
      if (!result.ok) return result;
      await continueSession(result.continued);
      return { ok: true } as const;
    }),
  );
}

export async function endOtherSessionsAction() {
  return tellOutcome(async () => {
    const session = await findSession();
    const continued = session && (await endOtherSessions(db(), session, await requestTrace()));
    if (!continued) return { ok: false, code: 'sessionEnded' } as const;
    await continueSession(continued);
    return { ok: true } as const;
  });
}
