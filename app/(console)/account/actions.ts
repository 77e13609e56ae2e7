'use server';

import { endOtherSessions } from '#lib/auth/end-sessions.ts';
import { continueSession, findSession, requestTrace } from '#lib/auth/session.ts';
import { tellOutcome } from '#lib/console/tell-outcome.ts';
import { db } from '#lib/db.ts';

export async function endOtherSessionsAction() {
  return tellOutcome(async () => {
    const session = await findSession();
    const continued = session && (await endOtherSessions(db(), session, await requestTrace()));
    if (!continued) return { ok: false, code: 'sessionEnded' } as const;
    await continueSession(continued);
    return { ok: true } as const;
  });
}
