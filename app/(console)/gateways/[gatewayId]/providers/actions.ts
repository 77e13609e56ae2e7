'use server';

import { revalidatePath } from 'next/cache';
import { findSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { serverEnv } from '#lib/env.ts';
import { saveProvidersSchema, toProviderIssues } from '#lib/providers/inputs.ts';
import { saveProviders } from '#lib/providers/save-providers.ts';
import { serverKeyRing } from '#lib/providers/server-key-ring.ts';

export async function saveProvidersAction(input: unknown) {
  const session = await findSession();
  if (!session) return { ok: false, code: 'sessionEnded' } as const;
  const parsed = saveProvidersSchema.safeParse(input);
  if (!parsed.success) return { ok: false, code: 'invalid', issues: toProviderIssues(parsed.error) } as const;
  const result = await saveProviders(db(), serverKeyRing(), serverEnv().UPSTREAM_ALLOWLIST, session, parsed.data);
  if (result.ok) revalidatePath(`/gateways/${parsed.data.gatewayId}`, 'layout');
  return result;
}
