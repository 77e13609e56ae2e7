'use server';

import { signOut } from '#lib/auth/session.ts';

export async function signOutAction(): Promise<void> {
  await signOut();
}
