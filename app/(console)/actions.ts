'use server';

import { signOut } from '#lib/auth/session.ts';
import { tellOutcome } from '#lib/console/tell-outcome.ts';

export async function signOutAction() {
  return tellOutcome(async () => {
    await signOut();
    return { ok: true } as const;
  });
}
